/** What the pointer is over: how the lane stood there, and the sentence of the step that is meant. */
import { useEffect, useRef, useState } from 'react';
import { sentence, t } from '../../../i18n/translate';
import type { Lane, TrackWindow } from '../../../view/lanes/lane-shapes';
import type { Requests } from '../../../worker/protocol';
import { conductor } from '../../state/page';
import { momentText } from '../time-text';
import { type Hovered, useHover } from './hover';
import { labelOf, valueAt } from './titles';

type Meant = Requests['laneStep']['answer'] & { readonly of: Hovered };

/** One question at a time; the last place is never left out. */
function useMeant(at: Hovered | null): Meant | null {
  const [meant, setMeant] = useState<Meant | null>(null);
  const wanted = useRef<Hovered | null>(null);
  const asking = useRef(false);
  useEffect(() => {
    wanted.current = at;
    if (!at || asking.current) return;
    const ask = async () => {
      asking.current = true;
      while (wanted.current) {
        const of = wanted.current;
        wanted.current = null;
        const answer = await conductor.query('laneStep', { lane: of.lane, near: of.timeMs, withinMs: of.withinMs });
        if (answer) setMeant({ ...answer, of });
      }
      asking.current = false;
    };
    void ask();
  }, [at]);
  return at && meant?.of.lane === at.lane ? meant : null;
}

const WIDTH = 360;

/** See the header. */
export function Tip({ lanes, cut }: { lanes: ReadonlyMap<string, Lane>; cut: TrackWindow }) {
  const at = useHover((hover) => hover.at);
  const meant = useMeant(at);
  const lane = at && lanes.get(at.lane);
  if (!at || !lane) return null;
  const bucketMs = (cut.toMs - cut.fromMs) / cut.buckets;
  const value = valueAt(lane, Math.floor((at.timeMs - cut.fromMs) / bucketMs));
  const span = lane.type === 'phases' && lane.spans.find(({ fromMs, toMs }) => fromMs <= at.timeMs && at.timeMs < toMs);
  const step = meant?.step ?? meant?.since;
  const left = Math.max(8, Math.min(at.x + 12, innerWidth - WIDTH - 8));
  return (
    <div className="lane-tip" style={{ left, bottom: innerHeight - at.y + 14 }} aria-hidden="true">
      <p className="tip-where">
        <strong>{labelOf(lane).name}</strong> <span>{momentText(Math.round(at.timeMs))}</span>
        {span && <em>{span.text}</em>}
      </p>
      {value && <p>{value}</p>}
      {step && (
        <p className="tip-step">
          <span className="quiet">{t(meant?.step ? 'lane.goTo' : 'lane.since', { step: step.step })}</span>{' '}
          {sentence(step.message)}
        </p>
      )}
    </div>
  );
}
