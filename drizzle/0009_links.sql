DROP INDEX `visitor_sessions_token_hash_unique`;--> statement-breakpoint
CREATE UNIQUE INDEX `visitor_sessions_token` ON `visitor_sessions` (`token_hash`,`share_id`);--> statement-breakpoint
ALTER TABLE `share_guests` ADD `passed_password` integer DEFAULT true NOT NULL;