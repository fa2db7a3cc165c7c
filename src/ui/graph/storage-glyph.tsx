/** The sign of a claim (a square) or a volume (a drum): dashed, outlined, full, crossed, and a diamond where something is wrong. */
import type { StorageLook } from '../../view/rows';

const CLAIM = <rect x="2.4" y="2.4" width="11.2" height="11.2" rx="2.2" />;
const VOLUME = (
  <path d="M2.6 4.6v6.8c0 1.3 2.4 2.2 5.4 2.2s5.4-.9 5.4-2.2V4.6M2.6 4.6c0 1.3 2.4 2.2 5.4 2.2s5.4-.9 5.4-2.2-2.4-2.2-5.4-2.2-5.4.9-5.4 2.2z" />
);

/** Decoration only; whatever holds it says the state in words. */
export function StorageGlyph({ look, isVolume }: { look: StorageLook; isVolume: boolean }) {
  return (
    <svg
      viewBox="0 0 16 16"
      width={15}
      height={15}
      className={`glyph storage-${look}`}
      fill={look === 'bound' ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeDasharray={look === 'pending' ? '2.6 1.9' : undefined}
      aria-hidden="true"
    >
      {look === 'failed' ? <path d="M8 1.4 14.6 8 8 14.6 1.4 8zM8 4.8v3.6M8 10.9v.2" /> : isVolume ? VOLUME : CLAIM}
      {(look === 'released' || look === 'terminating') && <path d="M4.8 11.2l6.4-6.4" />}
      {look === 'bound' && isVolume && (
        <path d="M2.6 4.6c0 1.3 2.4 2.2 5.4 2.2s5.4-.9 5.4-2.2" stroke="var(--raised)" strokeWidth="1" />
      )}
    </svg>
  );
}
