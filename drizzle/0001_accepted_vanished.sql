ALTER TABLE `areas` ADD `vanished_count` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `areas` ADD `accepted_vanished` integer;