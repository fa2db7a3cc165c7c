/** Tabs in a row: one stop of the Tab key, and the arrows, Home and End choose. */
import type { KeyboardEvent } from 'react';

interface Props<T extends string> {
  readonly label: string;
  readonly tabs: readonly T[];
  readonly selected: T;
  readonly onSelect: (tab: T) => void;
  readonly nameOf: (tab: T) => string;
  readonly className?: string;
  /** The id of the panel that they change, where it has one; each tab's own id is then `tab-NAME`. */
  readonly controls?: string;
}

/** The tab that a key leads to; undefined for keys that lead nowhere. */
export function tabAfter<T>(tabs: readonly T[], selected: T, key: string): T | undefined {
  const at = tabs.indexOf(selected);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1 + tabs.length, Home: 0, End: tabs.length - 1 }[key];
  return to === undefined ? undefined : tabs[to % tabs.length];
}

/** See the header. */
export function Tabs<T extends string>({ label, tabs, selected, onSelect, nameOf, className, controls }: Props<T>) {
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const next = tabAfter(tabs, selected, event.key);
    if (next === undefined) return;
    event.preventDefault();
    onSelect(next);
    event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')[tabs.indexOf(next)]?.focus();
  };
  return (
    <div className={className ?? 'segmented'} role="tablist" aria-label={label} onKeyDown={onKeyDown}>
      {tabs.map((tab) => (
        <button
          key={tab}
          type="button"
          role="tab"
          id={controls && `tab-${tab}`}
          aria-controls={controls}
          aria-selected={tab === selected}
          tabIndex={tab === selected ? 0 : -1}
          onClick={() => onSelect(tab)}
        >
          {nameOf(tab)}
        </button>
      ))}
    </div>
  );
}
