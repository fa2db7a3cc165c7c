/** A button that reads a text from a file of the reader's. */

interface FileButtonProps {
  readonly label: string;
  readonly className: string;
  /** Which files are offered. */
  readonly accept: string;
  /** Undefined: no file was chosen. */
  readonly onText: (text: string | undefined) => void;
}

/** See the header. */
export function FileButton({ label, className, accept, onText }: FileButtonProps) {
  return (
    <label className={className}>
      {label}
      <input
        type="file"
        accept={accept}
        className="visually-hidden"
        onChange={async ({ target }) => onText(await target.files?.[0]?.text())}
      />
    </label>
  );
}
