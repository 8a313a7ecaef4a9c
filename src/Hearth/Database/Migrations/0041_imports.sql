-- Groups and courses remember where an import took them from, as people, posts and comments do: nothing comes twice.
alter table groups add imported_from text;
create unique index groups_imported on groups (imported_from) where imported_from is not null;
alter table courses add imported_from text;
create unique index courses_imported on courses (imported_from) where imported_from is not null;

-- What was imported and has been removed here since: it does not come back with the next run.
create table import_gone (
  imported_from text primary key
);
create function import_gone() returns trigger language plpgsql as $$
begin
  insert into import_gone values (old.imported_from) on conflict do nothing;
  return null;
end $$;
create trigger import_gone after delete on users for each row when (old.imported_from is not null) execute function import_gone();
create trigger import_gone after delete on groups for each row when (old.imported_from is not null) execute function import_gone();
create trigger import_gone after delete on courses for each row when (old.imported_from is not null) execute function import_gone();
create trigger import_gone after delete on posts for each row when (old.imported_from is not null) execute function import_gone();
create trigger import_gone after delete on comments for each row when (old.imported_from is not null) execute function import_gone();
