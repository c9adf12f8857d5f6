-- What a sender of webhooks signs with, who cannot send the key itself. Sealed; of keys that may send events.
alter table api_key add column signing_secret bytea;
