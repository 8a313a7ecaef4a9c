export function MediaView({ src, type, alt }: { src: string | null; type: string | null; alt: string }) {
  if (!src) return null;
  if (type === 'video') {
    return <video className="h-media" src={src} controls preload="metadata" playsInline aria-label={alt} />;
  }
  if (type === 'audio')
    return <audio className="h-media h-media--audio" src={src} controls preload="none" aria-label={alt} />;
  return (
    <a className="h-media-link" href={src} target="_blank" rel="noopener noreferrer" aria-label={`${alt}, full size`}>
      <img className="h-media" src={src} alt={alt} loading="lazy" />
    </a>
  );
}
