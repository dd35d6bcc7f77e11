ALTER TABLE `accounts` ADD `pending_since` integer;--> statement-breakpoint
ALTER TABLE `sessions` ADD `locked_by` text;