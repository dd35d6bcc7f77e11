DROP INDEX `photos_state`;--> statement-breakpoint
CREATE INDEX `photos_pending` ON `photos` (`area_id`,`taken_at`,`id`) WHERE state = 'pending' and missing_at is null;--> statement-breakpoint
CREATE INDEX `photos_no_preview` ON `photos` (`area_id`,`taken_at`,`id`) WHERE state = 'ready' and has_preview = 0 and missing_at is null;