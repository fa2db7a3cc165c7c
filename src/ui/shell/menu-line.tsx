/** A line of the menu: what it is called, and what it is about. */
export function MenuLine({ title, detail, onClick }: { title: string; detail: string; onClick: () => void }) {
  return (
    <button type="button" className="menu-line" onClick={onClick}>
      <strong>{title}</strong> <small>{detail}</small>
    </button>
  );
}
