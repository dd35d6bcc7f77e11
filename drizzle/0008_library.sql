CREATE TABLE `corrections` (
	`photo_id` integer PRIMARY KEY NOT NULL,
	`date` integer DEFAULT false NOT NULL,
	`place` integer DEFAULT false NOT NULL,
	`file_taken_at` text NOT NULL,
	`file_taken_offset` text,
	`file_taken_source` text NOT NULL,
	`file_latitude` real,
	`file_longitude` real,
	`file_altitude` real,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`photo_id`) REFERENCES `photos`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
ALTER TABLE `albums` ADD `removed_at` integer;--> statement-breakpoint
CREATE INDEX `overlays_favourite` ON `overlays` (`account_id`,`photo_id`) WHERE favourite = 1;--> statement-breakpoint
CREATE INDEX `overlays_rating` ON `overlays` (`account_id`,`rating`,`photo_id`) WHERE rating > 0;--> statement-breakpoint
CREATE INDEX `photos_added` ON `photos` (`added_at`);