/** Asks for buckets of all of time and draws the tracks from them; a click on a track looks at that moment. */
import { memo } from 'react';
import type { AllTracks as TrackBuckets } from '../../../worker/protocol';
import { conductor } from '../../state/page';
import { useSession } from '../../state/session';
import { useAnswer } from '../../state/use-answer';
import { useWidth } from '../use-width';
import { TRACKS, type TrackLine } from './registry';

/** While time still runs ahead, the tracks are asked for at most so often. */
const REFRESH_MS = 300;

/** Buckets of about two pixels, in steps, so that dragging the window does not ask at every pixel. */
function bucketCount(width: number): number {
  return Math.max(60, Math.round(width / 2 / 60) * 60);
}

function useBuckets(buckets: number): TrackBuckets | null {
  const toMs = useSession((session) => session.horizonMs);
  const headStep = useSession((session) => session.head.step);
  return useAnswer('tracks', { fromMs: 0, toMs, buckets }, { about: [toMs, headStep, buckets], refreshMs: REFRESH_MS });
}

/** See the header. */
export function Tracks() {
  const { element, width } = useWidth();
  const tracks = useBuckets(bucketCount(width));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <div className="tracks" tabIndex={0}>
      <div className="tracks-width" ref={element} />
      {tracks && <Lines tracks={tracks} />}
      <Playhead />
    </div>
  );
}

const Lines = memo(function Lines({ tracks }: { tracks: TrackBuckets }) {
  const lines = TRACKS.flatMap((track) => track(tracks));
  return lines.map((line) => <Line key={line.key} line={line} buckets={tracks.window.buckets} />);
});

function Line({ line, buckets }: { line: TrackLine; buckets: number }) {
  return (
    <div className="track" style={{ height: line.heightPx }} title={line.title}>
      <p className="track-label">{line.label}</p>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a shortcut for the mouse; the slider does the same by keyboard */}
      <svg
        className="track-body"
        viewBox={`0 0 ${buckets} ${line.heightPx}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={line.title}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          const share = (event.clientX - box.left) / box.width;
          useSession.setState({ playing: false });
          void conductor.look.seek({ timeMs: Math.round(share * useSession.getState().horizonMs) });
        }}
      >
        {line.draw()}
      </svg>
    </div>
  );
}

function Playhead() {
  const share = useSession((session) => session.playheadMs / session.horizonMs);
  return (
    <div className="tracks-playhead" aria-hidden="true">
      <div style={{ left: `${Math.min(100, share * 100)}%` }} />
    </div>
  );
}
