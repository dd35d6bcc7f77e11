CREATE TABLE `share_contributions` (
	`share_id` integer NOT NULL,
	`photo_id` integer NOT NULL,
	`account_id` integer NOT NULL,
	`added_at` integer NOT NULL,
	`withdrawn_by` integer,
	PRIMARY KEY(`share_id`, `photo_id`),
	FOREIGN KEY (`share_id`) REFERENCES `shares`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`photo_id`) REFERENCES `photos`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`withdrawn_by`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `share_contributions_photo` ON `share_contributions` (`photo_id`);--> statement-breakpoint
CREATE INDEX `share_contributions_account` ON `share_contributions` (`account_id`);--> statement-breakpoint
DROP TABLE `album_members`;--> statement-breakpoint
ALTER TABLE `share_guests` ADD `part` text DEFAULT 'viewer' NOT NULL;