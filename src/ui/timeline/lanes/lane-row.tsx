/** One lane: its name, which the keys go along it from, its pin, and what is drawn. */
import { type KeyboardEvent, memo } from 'react';
import { sentence, t } from '../../../i18n/translate';
import type { Lane, TrackWindow } from '../../../view/lanes/lane-shapes';
import { conductor } from '../../state/page';
import { select, useSession } from '../../state/session';
import { togglePin, useSight } from '../sight';
import type { Span } from '../window-math';
import { LaneDrawing } from './drawings';
import { fittedName, labelOf, titleOf } from './titles';

/** To the next step of a lane in a direction, or to its first or last. */
async function go(lane: string, key: string): Promise<void> {
  const { cursor, head } = useSession.getState();
  const place = {
    ArrowLeft: { from: cursor.step, by: -1 },
    ArrowRight: { from: cursor.step, by: 1 },
    Home: { from: 0, by: 1 },
    End: { from: head.step + 1, by: -1 },
  }[key] as { from: number; by: 1 | -1 } | undefined;
  if (!place) return;
  useSession.setState({ playing: false });
  const answer = await conductor.query('laneStep', { lane, ...place });
  if (!answer?.step) return;
  await conductor.look.seek({ step: answer.step.step });
  const what = t('timeline.step', { step: answer.step.step });
  useSight.setState({ said: t('words.said', { what, said: sentence(answer.step.message) }) });
}

const ALONG = new Set(['ArrowLeft', 'ArrowRight', 'Home', 'End']);

function onKeyDown(lane: string, event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (ALONG.has(event.key)) void go(lane, event.key);
  else if (event.key === 'p') togglePin(lane);
  else return;
  event.preventDefault();
}

interface Props {
  readonly lane: Lane;
  readonly topPx: number;
  readonly heightPx: number;
  readonly cut: TrackWindow;
  readonly window: Span;
}

/** See the header. */
export const LaneRow = memo(function LaneRow({ lane, topPx, heightPx, cut, window }: Props) {
  const pinned = useSight((sight) => sight.pinned.includes(lane.id));
  const selected = useSession((session) => session.selected === lane.id);
  const { name, note } = labelOf(lane);
  const title = titleOf(lane);
  const full = lane.kind ? `${lane.kind} ${name}` : name;
  return (
    <div
      className="lane"
      data-lane={lane.id}
      data-selected={selected || undefined}
      style={{ top: topPx, height: heightPx }}
    >
      <div className="lane-label">
        <button
          type="button"
          className="lane-pin"
          tabIndex={-1}
          aria-pressed={pinned}
          aria-label={t(pinned ? 'lane.unpin' : 'lane.pin', { name: full })}
          title={t(pinned ? 'lane.unpin' : 'lane.pin', { name: full })}
          onClick={() => togglePin(lane.id)}
        />
        <button
          type="button"
          className="lane-name"
          tabIndex={-1}
          aria-label={t('lane.named', { name: full })}
          aria-description={title}
          aria-keyshortcuts="p"
          title={title}
          onClick={() => lane.kind && select(lane.id, { reveal: true })}
          onKeyDown={(event) => onKeyDown(lane.id, event)}
        >
          {fittedName(lane, name)}
          {note && <small> {note}</small>}
        </button>
      </div>
      <div className="lane-body">
        <LaneDrawing lane={lane} heightPx={heightPx} cut={cut} window={window} title={title} />
      </div>
    </div>
  );
});
