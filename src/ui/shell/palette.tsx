/** The palette: a line to type into, and below it whatever can be gone to or done: objects, steps, moments, scenarios, commands. */
import { type SyntheticEvent, useEffect, useMemo, useRef, useState } from 'react';
import { sentence, t, textOf } from '../../i18n/translate';
import type { LessonEntry } from '../../lessons';
import type { GalleryEntry } from '../../scenario/gallery';
import { PAGE_VIEWS } from '../../view/cards';
import type { HeldFault } from '../../view/held-faults';
import { kubectlLine } from '../../view/kubectl-line';
import { inOrderOfUse, type Offer, offersFor, placeNamed } from '../../view/palette';
import type { Row } from '../../view/rows';
import type { WhyLink } from '../../view/why';
import { chooseFiles } from '../editor/take-files';
import { useCameraRequests } from '../graph/camera';
import { openLesson } from '../lesson/open-lesson';
import { act } from '../menus/act';
import { labelOf, stageOf } from '../menus/deeds';
import { heal, healName, useFaults } from '../menus/heal';
import { openAddNode, openMenu } from '../menus/open-menu';
import { togglePresenting } from '../panels/panels';
import { addBreakpoint } from '../state/breakpoints';
import { conductor, playback, typing } from '../state/page';
import { select, useSession } from '../state/session';
import { useWorld } from '../state/world';
import { runLine } from '../terminal/run-line';
import { toggleTheme } from '../theme/theme';
import { stopsFor } from '../timeline/break-offers';
import { momentText } from '../timeline/time-text';
import { chooseLanguage, languages } from './language';
import { openAtMoment } from './open-moment';
import './sheet.css';
import './palette.css';
import { goToStop } from '../tour/open-tour';
import { actsFor, type SuitedAct } from './palette-acts';
import { useChoosing } from './palette-keys';

const MOST = 14;
const FEW_STEPS = 5;

/** `refusal`: why it can't be taken at this moment. */
type Choice = Offer & { readonly choose: () => unknown; readonly refusal?: string | undefined };

const object = ({ id, kind, name, namespace }: Row): Choice => ({
  id,
  sort: kind,
  title: name,
  detail: namespace,
  choose: () => {
    select(id, { reveal: true });
    useCameraRequests.setState({ wanted: { id } });
    // Keys go on from what was chosen; the arrows still step.
    requestAnimationFrame(() => document.querySelector<HTMLElement>('.inspector h2')?.focus());
  },
});

/** Where a menu stands that was opened from here. */
const aboveTheMiddle = (): [x: number, y: number] => [innerWidth / 2 - 170, 120];

function commands(): Choice[] {
  const command = (title: string, choose: () => unknown): Choice => ({
    id: `do ${title}`,
    sort: t('palette.command'),
    title,
    choose,
  });
  return [
    command(t('timeline.play'), () => playback.setPlaying(true)),
    command(t('timeline.pause'), () => playback.setPlaying(false)),
    command(t('timeline.firstStep'), () => conductor.look.toEnd('first')),
    command(t('timeline.lastStep'), () => conductor.look.toEnd('last')),
    command(t('timeline.nextReconcile'), () => conductor.look.nextReconcile()),
    ...PAGE_VIEWS.map((view) =>
      command(t('palette.view', { view: t(`graph.${view}`) }), () => useSession.setState({ view })),
    ),
    command(t('node.add'), () => openAddNode(...aboveTheMiddle())),
    command(t('panel.present'), togglePresenting),
    command(t('undo.undo'), () => typing.travel('undo')),
    command(t('undo.redo'), () => typing.travel('redo')),
    command(t('header.reset'), () => conductor.restart()),
    command(t('palette.theme'), toggleTheme),
    ...languages().map(([language, name]) => command(t('palette.language', { name }), () => chooseLanguage(language))),
    command(t('header.limits'), () => useSession.setState({ limitsOpen: true })),
    command(t('files.open'), chooseFiles),
    command(t('record.open'), () => useSession.setState({ recordOpen: true })),
    command(t('grade.open'), () => useSession.setState({ gradingOpen: true })),
    command(t('glossary.title'), () => useSession.setState({ glossaryOpen: true })),
    command(t('tour.begin'), () => goToStop(0)),
    command(t('keys.title'), () => useSession.setState({ keysOpen: true })),
  ];
}

const healed = (fault: HeldFault): Choice => ({
  id: `heal ${fault.step}`,
  sort: t('palette.command'),
  title: healName(fault),
  choose: () => heal(fault),
});

/** What stands in the menu of an object, taken as it is there. */
const deed = ({ row, entry, rank }: SuitedAct): Choice => ({
  id: `act ${row.id} ${labelOf(entry)}`,
  sort: t('palette.command'),
  title: labelOf(entry),
  detail: [row.kind, row.name, row.namespace !== 'default' && row.namespace].filter(Boolean).join(' '),
  refusal: entry.refusal && t(entry.refusal),
  rank,
  choose: () => (stageOf(entry) ? openMenu(row.id, ...aboveTheMiddle(), { entry }) : act(entry, row)),
});

/** A command for kubectl: before all else where the text says so, else after what it names. */
function terminalLine(text: string): Choice[] {
  const line = kubectlLine(text);
  if (!line) return [];
  const { command, named } = line;
  const choose = () => {
    useSession.setState({ phoneTab: 'graph' });
    runLine(command);
  };
  const title = t('palette.run', { command });
  return [{ id: 'terminal', sort: t('terminal.region'), title, rank: named ? -1 : 3, choose }];
}

/** What is done to what the text names; nothing where the page may only be looked at. */
function done(text: string, held: readonly HeldFault[]): Choice[] {
  const { embed } = useSession.getState();
  if (embed === 'readonly' || embed === 'controls') return [];
  return [...actsFor([...useWorld.getState().rows.values()], held, text).map(deed), ...terminalLine(text)];
}

/** So many named objects have stops of theirs offered. */
const MOST_STOPPED_AT = 4;

/** Where playing can be told to stop: at what is selected, and at what the text names. */
function stops(text: string): Choice[] {
  const { selected } = useSession.getState();
  const words = new Set(text.toLowerCase().split(/\s+/));
  const rows = [...useWorld.getState().rows.values()].filter(({ id, name }) => id === selected || words.has(name));
  return inOrderOfUse(rows)
    .first.slice(0, MOST_STOPPED_AT)
    .flatMap((row) =>
      stopsFor(row).map(({ name, values, condition }) => ({
        id: `stop ${condition}`,
        sort: t('palette.command'),
        title: t('break.stopAt', { meaning: t(name, values) }),
        choose: () => addBreakpoint(condition, t(name, values)),
      })),
    );
}

const scenario = (entry: GalleryEntry): Choice => ({
  id: `scenario ${entry.name}`,
  sort: t('palette.scenario'),
  title: textOf(entry.title),
  detail: textOf(entry.point),
  choose: () => openAtMoment(entry),
});

const lesson = ({ name, title, summary, load }: LessonEntry): Choice => ({
  id: `lesson ${name}`,
  sort: t('lesson.sort'),
  title: textOf(title),
  detail: textOf(summary),
  choose: () => openLesson({ load }),
});

const step = ({ step: at, timeMs, message }: WhyLink): Choice => ({
  id: `step ${at}`,
  sort: t('timeline.step', { step: at }),
  title: sentence(message),
  detail: momentText(timeMs),
  choose: () => conductor.look.jump({ step: at }),
});

function moment(text: string): Choice[] {
  const place = placeNamed(text);
  if (!place) return [];
  const title = 'step' in place ? t('timeline.step', place) : momentText(place.timeMs);
  return [{ id: 'moment', sort: t('palette.moment'), title, choose: () => conductor.look.jump(place) }];
}

/** Everything that suits what is typed. */
function useChoices(text: string): readonly Choice[] {
  const [gallery, setGallery] = useState<readonly Choice[]>([]);
  const [steps, setSteps] = useState<readonly WhyLink[]>([]);
  const faults = useFaults();
  const known = useMemo(() => {
    const { first, last } = inOrderOfUse([...useWorld.getState().rows.values()]);
    return { first: [...first.map(object), ...commands(), ...faults.map(healed)], last: last.map(object) };
  }, [faults]);
  const acts = useMemo(() => done(text, faults), [text, faults]);
  useEffect(() => {
    void Promise.all([import('../../scenario/gallery'), import('../../lessons')]).then(([{ GALLERY }, { LESSONS }]) =>
      setGallery([...LESSONS.map(lesson), ...GALLERY.map(scenario)]),
    );
  }, []);
  useEffect(() => {
    let stale = false;
    setSteps([]);
    if (text.trim().length < 2) return;
    const near = useSession.getState().cursor.step;
    void conductor.query('find', { text, near }).then((found) => {
      if (found && !stale) setSteps(found);
    });
    return () => {
      stale = true;
    };
  }, [text]);
  const all = [...known.first, ...acts, ...stops(text), ...known.last, ...gallery];
  const found = offersFor(all, text, MOST - Math.min(FEW_STEPS, steps.length));
  return [...moment(text), ...found, ...steps.slice(0, MOST - found.length).map(step)];
}

/** See the header. */
export default function Palette() {
  const dialog = useRef<HTMLDialogElement>(null);
  // The page's, not the line's own: what is typed before the line has the focus goes there too.
  const text = useSession((session) => session.paletteText);
  const [at, setAt] = useState(0);
  const choices = useChoices(text);
  const present = Math.min(at, choices.length - 1);
  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    dialog.current?.querySelector(`#choice-${present}`)?.scrollIntoView({ block: 'nearest' });
  }, [present]);
  const close = () => useSession.setState({ paletteOpen: false, paletteText: '' });
  // It is told late, when another may have been opened by its key.
  const closed = ({ currentTarget }: SyntheticEvent<HTMLDialogElement>) => {
    if (currentTarget.isConnected && !currentTarget.open) close();
  };
  const take = (choice: Choice | undefined) => {
    if (!choice || choice.refusal) return;
    // What had the keys before has them again.
    dialog.current?.close();
    close();
    void choice.choose();
  };
  const onKeyDown = useChoosing(choices.length, present, (place, isTaken) =>
    isTaken ? take(choices[place]) : setAt(place),
  );
  return (
    <dialog ref={dialog} className="sheet palette" aria-label={t('palette.title')} onClose={closed}>
      <input
        className="field"
        role="combobox"
        aria-label={t('palette.title')}
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={choices[present] && `choice-${present}`}
        placeholder={t('palette.placeholder')}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          useSession.setState({ paletteText: event.target.value });
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id="palette-list" role="listbox" aria-label={t('palette.choices')}>
        {choices.map((choice, place) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the line's above, as in every combobox
          <div
            key={choice.id}
            id={`choice-${place}`}
            role="option"
            tabIndex={-1}
            aria-selected={place === present}
            aria-disabled={choice.refusal !== undefined}
            onClick={() => take(choice)}
          >
            <ChoiceWords choice={choice} />
          </div>
        ))}
        {choices.length === 0 && <p className="quiet">{t('palette.nothing')}</p>}
      </div>
    </dialog>
  );
}

function ChoiceWords({ choice: { sort, title, detail, refusal } }: { choice: Choice }) {
  return (
    <>
      <span className="palette-sort">{sort}</span>
      <span className="palette-title">{title}</span>
      {detail && <span className="palette-detail">{[detail, refusal].filter(Boolean).join(' · ')}</span>}
    </>
  );
}
