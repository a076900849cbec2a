-- A due instant that had not fired when its schedule was changed or paused is told as left out, and not lost in silence.
alter table app.schedule_fires drop constraint schedule_fires_outcome_check;
alter table app.schedule_fires add constraint schedule_fires_outcome_check
  check (outcome in ('started', 'caught_up', 'too_late', 'overlap', 'lost', 'changed', 'paused'));
