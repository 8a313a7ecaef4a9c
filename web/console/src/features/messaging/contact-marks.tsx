/** What is to be seen of a contact at once. */
export function ContactMarks({
  contact,
}: {
  contact: { opted_out: boolean; linked: boolean; tags: readonly string[] };
}) {
  return (
    <>
      {contact.opted_out ? <span className="mark">Opted out</span> : null}
      {contact.linked ? <span className="mark">Linked</span> : null}
      {contact.tags.map((tag) => (
        <span key={tag} className="mark">
          {tag}
        </span>
      ))}
    </>
  );
}
