CREATE TABLE `held_uploads` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`share_id` integer NOT NULL,
	`account_id` integer,
	`sender_name` text DEFAULT '' NOT NULL,
	`file_name` text NOT NULL,
	`file_key` text NOT NULL,
	`size_bytes` integer NOT NULL,
	`content_hash` text NOT NULL,
	`mime` text NOT NULL,
	`uploaded_at` integer NOT NULL,
	`declined_at` integer,
	FOREIGN KEY (`share_id`) REFERENCES `shares`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `held_uploads_file_key_unique` ON `held_uploads` (`file_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `held_uploads_content` ON `held_uploads` (`share_id`,`content_hash`);--> statement-breakpoint
ALTER TABLE `shares` ADD `direct` integer DEFAULT false NOT NULL;