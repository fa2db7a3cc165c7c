/** Line icons, 18 units square, drawn in the current colour. */
const PATHS = {
  play: 'M6 3.8v10.4l8.4-5.2z',
  pause: 'M5.8 4v10M12.2 4v10',
  stepBack: 'M12.6 4.2 6.4 9l6.2 4.8zM4.6 4.2v9.6',
  stepForward: 'M5.4 4.2 11.6 9l-6.2 4.8zM13.4 4.2v9.6',
  firstStep: 'M14 4.2 8.6 9l5.4 4.8zM8.4 4.2 3 9l5.4 4.8zM2.6 4.2v9.6',
  lastStep: 'M4 4.2 9.4 9 4 13.8zM9.6 4.2 15 9l-5.4 4.8zM15.4 4.2v9.6',
  until: 'M4 3v12M4 4h9.4l-2.2 3 2.2 3H4',
  nextReconcile: 'M3.6 9a5.4 5.4 0 0 1 9.6-3.4M14.4 9a5.4 5.4 0 0 1-9.6 3.4M13.4 2.8v3h-3M4.6 15.2v-3h3',
  download: 'M9 2.8v8M5.8 8 9 11.2 12.2 8M3.6 11.6v3h10.8v-3',
  folder: 'M2.6 4.4h4.2l1.6 2h7v8H2.6z',
  acts: 'M3 4.4h9M3 8h5.4M3 11.6h3.6M9 14.6l.7-2.6 4.5-4.5 1.9 1.9-4.5 4.5z',
  addNode: 'M14.8 8V4H3.2v10H9M3.2 7h11.6M13.2 10.6v5.2M10.6 13.2h5.2',
  share: 'M9 11V2.8M5.8 5.6 9 2.6l3.2 3M4 9.4v5.2h10V9.4',
  reset: 'M4.2 6.4A5.8 5.8 0 1 1 3.2 9M4 3v3.6h3.6',
  undo: 'M6.4 3.4 3 6.8l3.4 3.4M3.4 6.8h7a4 4 0 0 1 0 8H7.2',
  redo: 'M11.6 3.4 15 6.8l-3.4 3.4M14.6 6.8h-7a4 4 0 0 0 0 8h3.2',
  sun: 'M9 5.8a3.2 3.2 0 1 0 0 6.4 3.2 3.2 0 0 0 0-6.4M9 1.8v1.6M9 14.6v1.6M1.8 9h1.6M14.6 9h1.6M3.9 3.9 5 5M13 13l1.1 1.1M3.9 14.1 5 13M13 5l1.1-1.1',
  moon: 'M14.6 10.8A6 6 0 0 1 7.2 3.4a6 6 0 1 0 7.4 7.4z',
  close: 'M4.6 4.6l8.8 8.8M13.4 4.6l-8.8 8.8',
  chevron: 'M5 7l4 4 4-4',
  terminal: 'M3.4 5.2 7 8.6l-3.6 3.4M8.8 12.6h5.6',
  book: 'M3.4 3.6h4.2c.8 0 1.4.6 1.4 1.4v9.4c0-.8-.6-1.4-1.4-1.4H3.4zM14.6 3.6h-4.2c-.8 0-1.4.6-1.4 1.4v9.4c0-.8.6-1.4 1.4-1.4h4.2z',
  fit: 'M3.4 6.6V3.4h3.2M11.4 3.4h3.2v3.2M14.6 11.4v3.2h-3.2M6.6 14.6H3.4v-3.2',
  plus: 'M9 4v10M4 9h10',
  minus: 'M4 9h10',
  copy: 'M6.4 6.4h8v8h-8zM11.6 6.4V3.6h-8v8h2.8',
  back: 'M4 3.4v4.2h4.2M4.4 7.4A5.6 5.6 0 1 1 4 11',
  zoomIn: 'M8 3.2a4.8 4.8 0 1 0 0 9.6 4.8 4.8 0 0 0 0-9.6M11.6 11.6l3.4 3.4M8 5.8v4.4M5.8 8h4.4',
  zoomOut: 'M8 3.2a4.8 4.8 0 1 0 0 9.6 4.8 4.8 0 0 0 0-9.6M11.6 11.6l3.4 3.4M5.8 8h4.4',
  fitTime: 'M2.4 6v6M15.6 6v6M2.4 9h13.2M5 11.4 2.6 9 5 6.6M13 11.4 15.4 9 13 6.6',
  zoomRange: 'M3 3.4v3M3 3.4h3M15 3.4v3M15 3.4h-3M3 14.6v-3M3 14.6h3M15 14.6v-3M15 14.6h-3M6.6 9h4.8',
  range: 'M5 3v12M13 3v12M5 5h8M5 8h8M5 11h8M5 14h8',
  tall: 'M3.2 14.4h11.6M9 11.4V3M6.2 5.6 9 2.8l2.8 2.8',
  compare: 'M3 5h4.4c2.4 0 2 8 4.6 8h3M12.8 10.8 15 13l-2.2 2.2M9.8 5H15M12.8 2.8 15 5l-2.2 2.2',
  panelLeft: 'M3 3.6h12v10.8H3zM7.2 3.6v10.8M4.6 6.2h1M4.6 8.4h1',
  panelRight: 'M3 3.6h12v10.8H3zM10.8 3.6v10.8M12.4 6.2h1M12.4 8.4h1',
  panelBottom: 'M3 3.6h12v10.8H3zM3 10.4h12M5.6 12.4h3',
  present: 'M2.6 3.4h12.8v8.4H2.6zM9 11.8v2.8M6.2 14.8h5.6',
  more: 'M4.2 9h.01M9 9h.01M13.8 9h.01',
  tree: 'M3 4.4h6M7 9h8M7 13.6h8M4.4 4.4v9.2M4.4 9H7M4.4 13.6H7',
  table: 'M3.2 4h11.6v10H3.2zM3.2 7.4h11.6M8 7.4V14',
} as const;

export type IconName = keyof typeof PATHS;

/** Decoration only: whatever holds it has a name of its own. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg viewBox="0 0 18 18" width={size} height={size} aria-hidden="true" className={`icon icon-${name}`}>
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
