CREATE TABLE `accounts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`username` text NOT NULL,
	`name` text DEFAULT '' NOT NULL,
	`email` text,
	`role` text NOT NULL,
	`super_admin` integer DEFAULT false NOT NULL,
	`password_hash` text NOT NULL,
	`must_change_password` integer DEFAULT false NOT NULL,
	`may_log_in` integer DEFAULT true NOT NULL,
	`webdav` integer DEFAULT false NOT NULL,
	`may_share` integer DEFAULT true NOT NULL,
	`quota_bytes` integer,
	`note` text DEFAULT '' NOT NULL,
	`totp_secret` text,
	`created_at` integer NOT NULL,
	`last_seen_at` integer,
	`deleted_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `accounts_username` ON `accounts` (`username`) WHERE deleted_at is null;--> statement-breakpoint
CREATE TABLE `app_passwords` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`label` text NOT NULL,
	`token_hash` text NOT NULL,
	`access` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_used_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `app_passwords_token_hash_unique` ON `app_passwords` (`token_hash`);--> statement-breakpoint
CREATE INDEX `app_passwords_account` ON `app_passwords` (`account_id`);--> statement-breakpoint
CREATE TABLE `known_devices` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`token_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_used_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `known_devices_account_token` ON `known_devices` (`account_id`,`token_hash`);--> statement-breakpoint
CREATE TABLE `recovery_codes` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`code_hash` text NOT NULL,
	`used_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `recovery_codes_account` ON `recovery_codes` (`account_id`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer NOT NULL,
	`token_hash` text NOT NULL,
	`device` text NOT NULL,
	`address` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_used_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_token_hash_unique` ON `sessions` (`token_hash`);--> statement-breakpoint
CREATE INDEX `sessions_account` ON `sessions` (`account_id`);--> statement-breakpoint
CREATE TABLE `album_members` (
	`album_id` integer NOT NULL,
	`account_id` integer NOT NULL,
	`part` text NOT NULL,
	`shared_by` integer,
	`shared_at` integer NOT NULL,
	`last_opened_at` integer,
	PRIMARY KEY(`album_id`, `account_id`),
	FOREIGN KEY (`album_id`) REFERENCES `albums`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`shared_by`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `album_members_account` ON `album_members` (`account_id`);--> statement-breakpoint
CREATE TABLE `album_photos` (
	`album_id` integer NOT NULL,
	`photo_id` integer NOT NULL,
	`added_by` integer,
	`added_at` integer NOT NULL,
	`position` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`album_id`, `photo_id`),
	FOREIGN KEY (`album_id`) REFERENCES `albums`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`photo_id`) REFERENCES `photos`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`added_by`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `album_photos_photo` ON `album_photos` (`photo_id`);--> statement-breakpoint
CREATE TABLE `albums` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`owner_id` integer NOT NULL,
	`parent_id` integer,
	`title` text NOT NULL,
	`description` text DEFAULT '' NOT NULL,
	`order` text DEFAULT 'date' NOT NULL,
	`cover_photo_id` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`owner_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`cover_photo_id`) REFERENCES `photos`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `albums_owner` ON `albums` (`owner_id`);--> statement-breakpoint
CREATE INDEX `albums_parent` ON `albums` (`parent_id`);--> statement-breakpoint
CREATE TABLE `area_access` (
	`account_id` integer NOT NULL,
	`area_id` integer NOT NULL,
	`access` text NOT NULL,
	`may_share` integer NOT NULL,
	PRIMARY KEY(`account_id`, `area_id`),
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`area_id`) REFERENCES `areas`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `area_access_area` ON `area_access` (`area_id`);--> statement-breakpoint
CREATE TABLE `areas` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`path` text NOT NULL,
	`parent_id` integer,
	`device` text NOT NULL,
	`inode` text NOT NULL,
	`status` text DEFAULT 'online' NOT NULL,
	`status_reason` text,
	`registered` integer DEFAULT false NOT NULL,
	`created_at` integer NOT NULL,
	`last_scan_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `areas_path_unique` ON `areas` (`path`);--> statement-breakpoint
CREATE INDEX `areas_parent` ON `areas` (`parent_id`);--> statement-breakpoint
CREATE TABLE `directories` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`area_id` integer NOT NULL,
	`path` text NOT NULL,
	FOREIGN KEY (`area_id`) REFERENCES `areas`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `directories_path` ON `directories` (`path`);--> statement-breakpoint
CREATE INDEX `directories_area` ON `directories` (`area_id`);--> statement-breakpoint
CREATE TABLE `grants` (
	`account_id` integer NOT NULL,
	`area_id` integer NOT NULL,
	`access` text NOT NULL,
	`may_share` integer NOT NULL,
	`granted_at` integer NOT NULL,
	PRIMARY KEY(`account_id`, `area_id`),
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`area_id`) REFERENCES `areas`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `account_settings` (
	`account_id` integer NOT NULL,
	`key` text NOT NULL,
	`value` text NOT NULL,
	PRIMARY KEY(`account_id`, `key`),
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `audit` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`actor_id` integer,
	`actor_name` text NOT NULL,
	`action` text NOT NULL,
	`object_kind` text NOT NULL,
	`object_id` integer,
	`object_name` text NOT NULL,
	`details` text,
	`address` text NOT NULL,
	FOREIGN KEY (`actor_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `audit_at` ON `audit` (`at`);--> statement-breakpoint
CREATE TABLE `flags` (
	`name` text PRIMARY KEY NOT NULL,
	`enabled` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `job_failures` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`job_id` integer NOT NULL,
	`area_id` integer,
	`path` text NOT NULL,
	`reason` text NOT NULL,
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`area_id`) REFERENCES `areas`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `job_failures_job` ON `job_failures` (`job_id`);--> statement-breakpoint
CREATE TABLE `jobs` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`area_id` integer,
	`state` text NOT NULL,
	`started_by` integer,
	`started_by_kind` text NOT NULL,
	`queued_at` integer NOT NULL,
	`started_at` integer,
	`finished_at` integer,
	`done` integer DEFAULT 0 NOT NULL,
	`total` integer,
	`failed` integer DEFAULT 0 NOT NULL,
	`result` text,
	`error` text,
	FOREIGN KEY (`area_id`) REFERENCES `areas`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`started_by`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `jobs_state` ON `jobs` (`state`);--> statement-breakpoint
CREATE INDEX `jobs_area` ON `jobs` (`area_id`);--> statement-breakpoint
CREATE TABLE `overlays` (
	`account_id` integer NOT NULL,
	`photo_id` integer NOT NULL,
	`favourite` integer DEFAULT false NOT NULL,
	`rating` integer DEFAULT 0 NOT NULL,
	`caption` text DEFAULT '' NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`account_id`, `photo_id`),
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`photo_id`) REFERENCES `photos`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `overlays_photo` ON `overlays` (`photo_id`);--> statement-breakpoint
CREATE TABLE `photo_tags` (
	`tag_id` integer NOT NULL,
	`photo_id` integer NOT NULL,
	PRIMARY KEY(`tag_id`, `photo_id`),
	FOREIGN KEY (`tag_id`) REFERENCES `tags`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`photo_id`) REFERENCES `photos`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `photo_tags_photo` ON `photo_tags` (`photo_id`);--> statement-breakpoint
CREATE TABLE `shared_captions` (
	`photo_id` integer PRIMARY KEY NOT NULL,
	`caption` text NOT NULL,
	`account_id` integer,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`photo_id`) REFERENCES `photos`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE TABLE `tags` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` integer,
	`parent_id` integer,
	`name` text NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `tags_name` ON `tags` (`account_id`,`parent_id`,`name`);--> statement-breakpoint
CREATE TABLE `files` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`photo_id` integer NOT NULL,
	`area_id` integer NOT NULL,
	`directory_id` integer NOT NULL,
	`name` text NOT NULL,
	`part` text DEFAULT 'primary' NOT NULL,
	`size_bytes` integer NOT NULL,
	`mtime_ms` real NOT NULL,
	`quick_hash` text,
	`content_hash` text,
	`presence` text DEFAULT 'present' NOT NULL,
	`missing_since` integer,
	FOREIGN KEY (`photo_id`) REFERENCES `photos`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`area_id`) REFERENCES `areas`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`directory_id`) REFERENCES `directories`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `files_directory_name` ON `files` (`directory_id`,`name`);--> statement-breakpoint
CREATE INDEX `files_photo` ON `files` (`photo_id`);--> statement-breakpoint
CREATE INDEX `files_area` ON `files` (`area_id`);--> statement-breakpoint
CREATE INDEX `files_size` ON `files` (`size_bytes`,`quick_hash`);--> statement-breakpoint
CREATE INDEX `files_content` ON `files` (`content_hash`);--> statement-breakpoint
CREATE TABLE `month_counts` (
	`area_id` integer NOT NULL,
	`shelf` text NOT NULL,
	`month` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`area_id`, `shelf`, `month`)
);
--> statement-breakpoint
CREATE TABLE `photos` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`area_id` integer NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`state_reason` text,
	`version` integer DEFAULT 1 NOT NULL,
	`taken_at` text NOT NULL,
	`taken_offset` text,
	`taken_source` text NOT NULL,
	`month` text GENERATED ALWAYS AS (substr(taken_at, 1, 7)) STORED NOT NULL,
	`width` integer,
	`height` integer,
	`thumbhash` blob,
	`mime` text NOT NULL,
	`camera_make` text,
	`camera_model` text,
	`lens` text,
	`iso` integer,
	`f_number` real,
	`exposure_seconds` real,
	`focal_length_mm` real,
	`latitude` real,
	`longitude` real,
	`altitude` real,
	`private` integer DEFAULT false NOT NULL,
	`archived` integer DEFAULT false NOT NULL,
	`trashed_at` integer,
	`missing_at` integer,
	`shelf` text GENERATED ALWAYS AS (case when missing_at is not null then 'missing' when trashed_at is not null then 'trashed' when private then 'private' when archived then 'archived' else 'shown' end) STORED NOT NULL,
	`added_at` integer NOT NULL,
	FOREIGN KEY (`area_id`) REFERENCES `areas`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `photos_timeline` ON `photos` (`area_id`,`shelf`,`taken_at`,`id`);--> statement-breakpoint
CREATE INDEX `photos_state` ON `photos` (`area_id`,`state`);--> statement-breakpoint
CREATE TABLE `share_guests` (
	`share_id` integer NOT NULL,
	`account_id` integer NOT NULL,
	`opened_at` integer NOT NULL,
	PRIMARY KEY(`share_id`, `account_id`),
	FOREIGN KEY (`share_id`) REFERENCES `shares`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `share_photos` (
	`share_id` integer NOT NULL,
	`photo_id` integer NOT NULL,
	PRIMARY KEY(`share_id`, `photo_id`),
	FOREIGN KEY (`share_id`) REFERENCES `shares`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`photo_id`) REFERENCES `photos`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `share_photos_photo` ON `share_photos` (`photo_id`);--> statement-breakpoint
CREATE TABLE `shares` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`creator_id` integer NOT NULL,
	`album_id` integer,
	`directory_id` integer,
	`label` text DEFAULT '' NOT NULL,
	`token_hash` text NOT NULL,
	`token_sealed` text NOT NULL,
	`password_hash` text,
	`expires_at` integer,
	`view_limit` integer,
	`views` integer DEFAULT 0 NOT NULL,
	`download` text NOT NULL,
	`upload_area_id` integer,
	`hide_places` integer DEFAULT false NOT NULL,
	`hide_camera` integer DEFAULT false NOT NULL,
	`created_at` integer NOT NULL,
	`last_opened_at` integer,
	`revoked_at` integer,
	FOREIGN KEY (`creator_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`album_id`) REFERENCES `albums`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`directory_id`) REFERENCES `directories`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`upload_area_id`) REFERENCES `areas`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `shares_token_hash_unique` ON `shares` (`token_hash`);--> statement-breakpoint
CREATE INDEX `shares_creator` ON `shares` (`creator_id`);--> statement-breakpoint
CREATE TABLE `visitor_sessions` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`share_id` integer NOT NULL,
	`token_hash` text NOT NULL,
	`passed_password` integer NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`share_id`) REFERENCES `shares`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `visitor_sessions_token_hash_unique` ON `visitor_sessions` (`token_hash`);--> statement-breakpoint
CREATE INDEX `visitor_sessions_share` ON `visitor_sessions` (`share_id`);