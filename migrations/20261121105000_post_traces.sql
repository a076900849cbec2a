-- The click that planned a post, so that its jobs, however much later, belong to the same trace (W3C Trace Context).
alter table app.posts add column traceparent text check (length(traceparent) = 55);
