/** A name that is cut in its middle where there is no room for all of it: many names begin alike, and differ at their ends. */
import './cut-name.css';

/** Names up to this length are not parted; of longer ones so much of the end always stays. */
const SHORT = 8;
const END = 6;

/** See the header. */
export function CutName({ name }: { name: string }) {
  if (name.length <= SHORT) return name;
  return (
    <span className="cut-name">
      <span>{name.slice(0, -END)}</span>
      <span>{name.slice(-END)}</span>
    </span>
  );
}
