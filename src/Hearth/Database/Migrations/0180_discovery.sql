-- What has the words in its title, tags or category is found before what has them in its texts, without looking at each of these.
create index skills_heads on skills using gin (ts_filter(words, '{a,b}')) with (fastupdate = off);
analyze skills;

create index skills_rated_of_difficulty on skills (difficulty, rating desc, rating_count desc, id desc);
create index skills_for_followers on skills (author) include (category_key) where visibility = 2 and not is_hidden;

-- What trends is walked in its order, in a category and for words that many skills have in title, tags or category: without looking at each skill.
alter table skill_heat add column category_key text, add column heads tsvector;
update skill_heat h set category_key = s.category_key, heads = ts_filter(s.words, '{a,b}') from skills s where s.id = h.skill_id;
delete from skill_heat where category_key is null;
alter table skill_heat alter column category_key set not null, alter column heads set not null;
create index skill_heat_of_category on skill_heat (category_key, heat desc, skill_id desc);

-- How many skills of a category everybody may see, and how many moderators.
create table skill_categories (
  category_key text primary key,
  shown int not null,
  moderated int not null
) with (fillfactor = 50);
insert into skill_categories
select category_key, count(*) filter (where visibility = 1 and not is_hidden), count(*) filter (where visibility <> 3) from skills group by 1;
