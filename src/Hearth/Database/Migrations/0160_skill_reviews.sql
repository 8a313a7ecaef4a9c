-- What people wrote with their ratings is read by skill, the latest first.
create index skill_ratings_reviews on skill_ratings (skill_id, at desc, user_id desc) where review is not null and rating > 0;
