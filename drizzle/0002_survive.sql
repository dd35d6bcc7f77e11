ALTER TABLE `areas` ADD `online_days` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `areas` ADD `online_day_at` integer;--> statement-breakpoint
ALTER TABLE `directories` ADD `digest` text;--> statement-breakpoint
ALTER TABLE `files` ADD `missing_on_day` integer;--> statement-breakpoint
ALTER TABLE `photos` ADD `decoder` text;--> statement-breakpoint
ALTER TABLE `photos` ADD `has_preview` integer DEFAULT false NOT NULL;--> statement-breakpoint
UPDATE `photos` SET `has_preview` = true WHERE `state` = 'ready';
