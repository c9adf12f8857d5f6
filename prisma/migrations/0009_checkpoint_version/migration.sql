-- Another one with every write: a process that holds a checkpoint's content in memory sees whether it is still the same.
alter table projection_checkpoint add column version uuid not null default gen_random_uuid();
