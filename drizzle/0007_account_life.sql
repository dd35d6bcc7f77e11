ALTER TABLE `accounts` ADD `totp_pending_secret` text;--> statement-breakpoint
ALTER TABLE `accounts` ADD `totp_last_step` integer;--> statement-breakpoint
ALTER TABLE `accounts` ADD `purge_after` integer;--> statement-breakpoint
UPDATE `accounts` SET `purge_after` = `deleted_at` + 2592000000 WHERE `deleted_at` IS NOT NULL;--> statement-breakpoint
ALTER TABLE `sessions` ADD `viewing_as` integer REFERENCES accounts(id) ON DELETE set null;--> statement-breakpoint
CREATE INDEX `audit_object` ON `audit` (`object_kind`,`object_id`,`at`);--> statement-breakpoint
CREATE INDEX `audit_actor` ON `audit` (`actor_id`,`at`);