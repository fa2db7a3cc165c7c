/** The namespace of a drawn object, where it is not the usual one. */

/** See the header. */
export function Namespace({ name }: { name: string }) {
  return name && name !== 'default' ? (
    <span className="namespace" title={name}>
      {name}
    </span>
  ) : null;
}
