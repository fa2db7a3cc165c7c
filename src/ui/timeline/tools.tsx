/** What is done to the timeline itself: finding lanes, zooming, going back, more room. */
import { t } from '../../i18n/translate';
import { Icon, type IconName } from '../shell/icons';
import { conductor } from '../state/page';
import { useSession } from '../state/session';
import { fit, toggleMarking, toggleTall, useSight, zoomIn, zoomOut, zoomToRange } from './sight';

interface ToolProps {
  readonly icon: IconName;
  readonly name: string;
  readonly keys?: string;
  /** More than its name, where that is not enough. */
  readonly hint?: string;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
  readonly onClick: () => void;
}

/** A small button with a picture. */
function Tool({ icon, name, keys, hint, disabled, pressed, onClick }: ToolProps) {
  return (
    <button
      type="button"
      className={`icon-button tool tool-${icon}`}
      aria-label={name}
      aria-keyshortcuts={keys}
      aria-pressed={pressed}
      title={hint ?? (keys ? `${name} (${keys})` : name)}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} size={17} />
    </button>
  );
}

/** See the header. */
export function Tools() {
  const zoomed = useSight((sight) => sight.window !== null);
  const hasRange = useSight((sight) => sight.range !== null);
  const tall = useSight((sight) => sight.tall);
  const text = useSight((sight) => sight.text);
  const marking = useSight((sight) => sight.markedFromMs !== null);
  const branches = useSession((session) => session.branches.length);
  const comparing = useSession((session) => session.comparing);
  const canGoBack = useSession((session) => session.before.length > 0);
  return (
    <div className="timeline-tools" role="toolbar" aria-label={t('window.tools')}>
      <input
        type="search"
        className="field lane-search"
        aria-label={t('lane.search')}
        placeholder={t('lane.search')}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => useSight.setState({ text: event.target.value })}
      />
      <Tool
        icon="back"
        name={t('window.back')}
        keys="b"
        disabled={!canGoBack}
        onClick={() => void conductor.look.back()}
      />
      <Tool icon="zoomOut" name={t('window.out')} keys="-" disabled={!zoomed} onClick={zoomOut} />
      <Tool icon="zoomIn" name={t('window.in')} keys="+" onClick={zoomIn} />
      <Tool icon="fitTime" name={t('window.fit')} keys="0" disabled={!zoomed} onClick={fit} />
      <Tool icon="zoomRange" name={t('window.toRange')} keys="z" disabled={!hasRange} onClick={zoomToRange} />
      <Tool
        icon="range"
        name={t(marking ? 'range.marking' : 'range.mark')}
        keys="r"
        pressed={marking}
        onClick={toggleMarking}
      />
      <Tool
        icon="compare"
        name={t('compare.open')}
        hint={branches < 2 ? t('compare.needsTwo') : undefined}
        disabled={branches < 2}
        pressed={comparing && branches > 1}
        onClick={() => useSession.setState({ comparing: !comparing })}
      />
      <Tool icon="tall" name={t('window.tall')} pressed={tall} onClick={toggleTall} />
    </div>
  );
}
