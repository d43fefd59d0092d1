-- Why: an act carries a mark made by the process that decided it, with a key that lies outside the database. The sequencer signs no act
-- without one. Acts of earlier releases have none; how many they are is itself an entry of the log.
alter table acts add column mark bytea check (octet_length(mark) = 32);
