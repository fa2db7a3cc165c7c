/** Play and its dial, the steps, the speed. */
import { t } from '../../i18n/translate';
import { Icon, type IconName } from '../shell/icons';
import { conductor, playback } from '../state/page';
import { SPEEDS, useSession } from '../state/session';
import { Dial } from './dial';
import { RunUntil } from './run-until';
import { clockText } from './time-text';

/** See the header. */
export function Transport() {
  const playing = useSession((session) => session.playing);
  const atStart = useSession((session) => session.cursor.step === 0);
  const ready = useSession((session) => session.ready);
  const held = useSession((session) => session.heldMs !== null);
  /** There is no way forward from here. */
  const atEnd = useSession(({ heldMs, cursor }) => heldMs !== null && cursor.timeMs >= heldMs);
  const why = atEnd ? t('lesson.heldPlay') : undefined;
  return (
    <div className="transport">
      <button
        type="button"
        className="dial-button"
        aria-label={t(playing ? 'timeline.pause' : 'timeline.play')}
        title={t(held ? 'lesson.heldPlay' : playing ? 'timeline.pauseHint' : 'timeline.playHint')}
        disabled={!ready || held}
        onClick={() => playback.setPlaying(!playing)}
      >
        <Dial />
        <Icon name={playing ? 'pause' : 'play'} size={22} />
      </button>
      <div className="transport-side">
        <div className="transport-row">
          <Clock />
          <Speed />
        </div>
        <div className="transport-row">
          <Control
            icon="firstStep"
            name={t('timeline.firstStep')}
            disabled={atStart}
            onClick={() => void conductor.look.toEnd('first')}
          />
          <Control
            icon="stepBack"
            name={t('timeline.stepBack')}
            disabled={atStart}
            onClick={() => void conductor.look.stepBy(-1)}
          />
          <Control
            icon="stepForward"
            name={t('timeline.stepForward')}
            disabled={!ready || atEnd}
            why={why}
            onClick={() => void conductor.look.stepBy(1)}
          />
          <Control
            icon="lastStep"
            name={t('timeline.lastStep')}
            disabled={!ready || atEnd}
            why={why}
            onClick={() => void conductor.look.toEnd('last')}
          />
          <Control
            icon="nextReconcile"
            name={t('timeline.nextReconcile')}
            disabled={!ready || atEnd}
            why={why}
            onClick={() => void conductor.look.nextReconcile()}
          />
          <RunUntil />
        </div>
      </div>
    </div>
  );
}

interface ControlProps {
  readonly icon: IconName;
  readonly name: string;
  readonly disabled: boolean;
  /** Why it can't be pressed. */
  readonly why?: string | undefined;
  readonly onClick: () => void;
}

function Control(props: ControlProps) {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={props.name}
      title={props.why ?? props.name}
      disabled={props.disabled}
      onClick={props.onClick}
    >
      <Icon name={props.icon} size={20} />
    </button>
  );
}

function Clock() {
  const playheadMs = useSession((session) => session.playheadMs);
  return (
    <p className="clock mono" aria-hidden="true">
      {clockText(playheadMs)}
    </p>
  );
}

function Speed() {
  const speed = useSession((session) => session.speed);
  return (
    <select
      className="speed"
      aria-label={t('timeline.speed')}
      value={speed}
      onChange={(event) => useSession.setState({ speed: Number(event.target.value) })}
    >
      {SPEEDS.map((each) => (
        <option key={each} value={each}>
          {each}×
        </option>
      ))}
    </select>
  );
}
