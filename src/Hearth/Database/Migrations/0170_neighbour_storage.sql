-- A row's neighbours are some kilobytes of numbers: packing them took longer than everything else of their writing.
alter table recommendation_neighbours alter column neighbours set storage external, alter column weights set storage external;
