/**
 * Why something was refused or failed: a closed set of codes, each with its English sentence (for scripts, the command
 * line and logs). The renderer translates the codes in its own locale files; a test holds the two sets equal.
 */
export const REASONS = {
  // input shapes
  required: 'is needed',
  malformed: 'has the wrong form',
  unknown_key: 'is not a field of this request',
  // accounts
  username_form: 'may hold 1 to 64 of the characters a-z, 0-9, dot, underscore and hyphen',
  username_reserved: 'is reserved for the system',
  username_taken: 'is already taken',
  name_too_long: 'may be 100 characters long at most',
  note_too_long: 'may be 2,000 characters long at most',
  quota_form: 'is not a whole number of bytes from 0 on, or none',
  email_form: 'is not an e-mail address',
  password_too_short: 'needs 8 characters at least',
  password_too_long: 'may be 72 bytes long at most; longer passwords would be cut silently by the hash',
  password_common: 'is too easy to guess',
  password_same: 'is the one that has to be replaced: choose another',
  role_unknown: 'is not one of admin, user, viewer, guest',
  current_password_wrong: 'is not the current password of that account',
  current_password_needed: 'is needed: the current password of that account',
  wrong_credentials: 'Wrong username or password',
  not_remembered: 'This account has to log in again',
  login_disabled: 'This account may not log in at the moment',
  not_own_account:
    'You cannot demote, disable or delete your own account here, nor change what others allow it',
  last_super_admin: 'The household needs at least one super admin who may log in',
  super_admin_only: 'Only a super admin may do this',
  password_must_change: 'A new password has to be chosen before anything else',
  session_locked: 'This session is locked until the password is given',
  switched_off: 'This feature is switched off for the whole household',
  registration_closed: 'This household lets nobody sign up at the moment',
  // set-up
  setup_closed: 'This household is already set up',
  setup_code_wrong: 'is not the code that the host printed',
  // folders
  folder_missing: 'does not exist',
  folder_not_directory: 'is not a directory',
  folder_unreadable: 'cannot be read by Mantel: permission denied',
  folder_in_data_directory: "lies inside Mantel's own data directory",
  folder_relative: 'must be an absolute path',
  folder_system: 'is the root of a file system or a system drive',
  folder_not_offered: "is outside the household's folders; new ones are added on the host",
  access_unknown: 'is not one of read-write, read-only',
  folders_too_many: 'may hold 200 folders at most',
  folder_twice: 'is named twice',
  folder_timeout: 'did not answer in time',
  folder_in_use: 'is still granted to somebody',
  folder_not_braked: 'The folder waits for no decision',
  // library settings
  rescan_every: 'is not one of never, hours, day, week',
  rescan_hours: 'may be every 1, 3, 6 or 12 hours',
  weekday: 'is not a day of the week',
  time_form: 'is not a time of day from 00:00 to 23:59',
  pattern_too_long: 'may be 1,000 characters long at most',
  pattern_one_line: 'must be one line',
  patterns_too_many: 'may hold 500 patterns at most',
  // advanced settings
  worker_count: 'is neither auto nor a number from 1 to 8',
  preview_edge: 'is not one of 1440, 2048, 2880',
  preview_quality: 'is not a whole number from 60 to 95',
  // watching folders
  watch_limit:
    'cannot be watched: the system watches no more directories for one user; scans by schedule find changes',
  watch_network: 'lies on another machine, which tells nobody of changes; scans by schedule find them',
  watch_failed: 'cannot be watched for changes at the moment; scans by schedule find them',
  // pictures
  unsupported_kind: 'This version of Mantel cannot show this kind of file yet',
  decode_failed: 'The picture is damaged and cannot be decoded',
  empty_file: 'The file is empty',
  too_many_pixels: 'The picture claims more pixels than Mantel decodes',
  worker_crashed: 'The decoder crashed on this file',
  worker_timeout: 'The decoder took too long on this file',
  worker_memory: 'The decoder needed too much memory for this file',
  worker_busy: 'Mantel is busy making other pictures; try again in a moment',
  file_unreadable: 'The file cannot be read',
  file_missing: 'The file is gone from the disk',
  file_is_link: 'A link stands where the file was, or on the way to it; Mantel follows none',
  file_changed: 'The file has changed since Mantel last looked; the next scan takes it up',
  file_name_undecodable: 'The name of the file is not valid text',
  // areas and jobs
  root_missing: 'The folder is not there: is its drive connected?',
  root_empty: 'The folder is empty although it held pictures before',
  root_replaced: 'Another drive or folder stands at this path',
  many_vanished: 'More than half of its known files vanished at once',
  job_of_another: 'Only whoever started this job, or an admin, may stop it or run it again',
  job_crashed: 'The job stopped by an unexpected error; the log has the details',
  job_restarted: 'Mantel was stopped while the job ran',
  storage_full: 'The disk with the data directory is full',
  storage_read_only: 'The data directory cannot be written',
  storage_busy: 'The database is busy',
  // doors
  host_not_allowed: 'This address is not one of the server',
  cross_site: 'The request came from another site',
  header_missing: 'The header x-mantel: 1 is missing',
  body_too_large: 'The request is larger than allowed',
  body_not_json: 'The body is not JSON',
  too_many_waiting: 'Too many logins are waiting at the moment',
  too_many_attempts: 'Too many failed attempts',
  too_many_sign_ups: 'Too many accounts were asked for from this address',
  host_window_only: "This is done in Mantel's own window on the host",
  stopping: 'Mantel is stopping',
} as const

/** A code of the set above. */
export type Reason = keyof typeof REASONS
