-- The sweep of media asks whether an uploaded picture is somebody's photo.
create index users_profile_photo on users (profile_photo) where profile_photo is not null;
