-- When somebody says that it was rolled back, where nothing that was merged tells of it.
alter table pull_request_correction add column rolled_back_at timestamptz;
