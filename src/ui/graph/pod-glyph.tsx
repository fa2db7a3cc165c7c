/** The sign of a Pod's state: empty ring, quarter, half, full disc, crossed ring, warning diamond, ticked square. */
import { memo, type ReactNode } from 'react';
import type { PodLook } from '../../view/rows';

const SHAPES: Readonly<Record<PodLook, ReactNode>> = {
  pending: (
    <circle cx="8" cy="8" r="5.6" fill="none" stroke="currentColor" strokeWidth="1.7" strokeDasharray="2.6 1.8" />
  ),
  creating: (
    <>
      <circle cx="8" cy="8" r="5.6" fill="none" stroke="currentColor" strokeWidth="1.7" />
      <path d="M8 8V2.4A5.6 5.6 0 0 1 13.6 8z" fill="currentColor" />
    </>
  ),
  notReady: (
    <>
      <circle cx="8" cy="8" r="5.6" fill="none" stroke="currentColor" strokeWidth="1.7" />
      <path d="M8 13.6a5.6 5.6 0 0 0 0-11.2z" fill="currentColor" />
    </>
  ),
  ready: <circle cx="8" cy="8" r="6.4" fill="currentColor" />,
  terminating: (
    <>
      <circle cx="8" cy="8" r="5.6" fill="none" stroke="currentColor" strokeWidth="1.7" />
      <path d="M4.6 11.4l6.8-6.8" stroke="currentColor" strokeWidth="1.7" strokeLinecap="round" />
    </>
  ),
  failed: (
    <>
      <path d="M8 .9 15.1 8 8 15.1.9 8z" fill="currentColor" />
      <path d="M8 4.6v4M8 10.9v.3" stroke="var(--raised)" strokeWidth="1.7" strokeLinecap="round" />
    </>
  ),
  succeeded: (
    <>
      <rect x="2" y="2" width="12" height="12" rx="2" fill="none" stroke="currentColor" strokeWidth="1.7" />
      <path d="M5 8.2l2.2 2.2L11.2 6" fill="none" stroke="currentColor" strokeWidth="1.7" strokeLinecap="round" />
    </>
  ),
};

/** Decoration only; whatever holds it says the state in words. */
export const PodGlyph = memo(function PodGlyph({ look, size = 16 }: { look: PodLook; size?: number }) {
  return (
    <svg viewBox="0 0 16 16" width={size} height={size} className={`glyph ${look}`} aria-hidden="true">
      {SHAPES[look]}
    </svg>
  );
});
