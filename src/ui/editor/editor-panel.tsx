/**
 * The YAML editor's place. Monaco is large, so it is fetched after the page stands; until then (and where it cannot be
 * had) a plain text box holds the same text.
 */
import { type RefObject, Suspense, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { sentence, t } from '../../i18n/translate';
import { late } from '../shell/late';
import { showLesson, useDocument } from '../state/document';
import { typing } from '../state/page';
import { useSession } from '../state/session';
import './editor.css';
import { EditorFoot } from './editor-foot';
import { lessonLines, withoutLesson } from './lesson-lines';
import { useMarks } from './marks';
import type { MountedEditor } from './monaco';

const MarkDetails = late(() => import('./mark-details'));

/** A text box takes seconds to lay out more; while the editor is on its way it shows the beginning. */
const SHOWN_CHARACTERS = 200_000;

/** See the header. */
export function EditorPanel({ front }: { front: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  const plain = useRef<HTMLTextAreaElement>(null);
  const mounted = useRef<MountedEditor>(undefined);
  useMarks();
  const [state, setState] = useState<'loading' | 'loaded' | 'missing'>('loading');
  // The first graph comes first.
  const ready = useSession((session) => session.ready);
  const hasDetails = useDocument(
    ({ marks, opened }) => opened !== null || marks.some(({ state }) => state === 'not-in-text'),
  );
  useEffect(() => {
    if (!ready) return;
    let gone = false;
    const mount = async () => {
      const { loadMonaco } = await import('./monaco-parts');
      const { mountEditor } = await loadMonaco();
      const editor = place.current ? await mountEditor(place.current, () => !gone) : undefined;
      if (!editor) return;
      mounted.current = editor;
      const box = plain.current;
      const isTypedIn = box !== null && box === document.activeElement;
      // Within the task in which it was put up: a key that is pressed next is typed into it.
      flushSync(() => setState('loaded'));
      if (isTypedIn) editor.goOn(box.readOnly ? 0 : box.selectionStart);
    };
    mount().catch(() => setState('missing'));
    return () => {
      gone = true;
      mounted.current?.dispose();
      mounted.current = undefined;
    };
  }, [ready]);
  return (
    <section className="panel editor-panel" aria-label={t('editor.region')} data-front={front}>
      <HiddenLesson />
      {/* "nokey": the graph's library takes the space key from everything else on the page. */}
      <div ref={place} className="editor-place nokey" hidden={state !== 'loaded'} />
      {state !== 'loaded' && <PlainEditor box={plain} whole={state === 'missing'} />}
      <Suspense>
        {hasDetails && <MarkDetails takeLive={({ take }) => take && mounted.current?.put(take.range, take.text)} />}
      </Suspense>
      <Problems reveal={(line, column) => mounted.current?.reveal(line, column)} />
      <EditorFoot />
    </section>
  );
}

/** A part of the text is not shown, and can be. */
function HiddenLesson() {
  const hidden = useDocument((state) => state.lessonHidden);
  const isThere = useDocument((state) => lessonLines(state.text) !== undefined);
  if (!isThere) return null;
  return (
    <p className="hidden-lesson">
      {t(hidden ? 'editor.lessonHidden' : 'editor.lessonShown')}{' '}
      <button type="button" className="link-button" onClick={() => showLesson(hidden)}>
        {t(hidden ? 'editor.showLesson' : 'editor.hideLesson')}
      </button>
    </p>
  );
}

interface PlainEditorProps {
  readonly box: RefObject<HTMLTextAreaElement | null>;
  readonly whole: boolean;
}

function PlainEditor({ box, whole }: PlainEditorProps) {
  const text = useDocument((state) => (state.lessonHidden ? withoutLesson(state.text) : state.text));
  const isWhole = useDocument((state) => state.text === text);
  const isCut = !whole && text.length > SHOWN_CHARACTERS;
  return (
    <textarea
      ref={box}
      className="plain-editor nokey"
      aria-label={t('editor.plain')}
      spellCheck={false}
      readOnly={isCut || !isWhole}
      value={isCut ? text.slice(0, SHOWN_CHARACTERS) : text}
      onChange={(event) => {
        showLesson();
        typing.onEdit(event.target.value);
      }}
    />
  );
}

function Problems({ reveal }: { reveal: MountedEditor['reveal'] }) {
  const problems = useDocument((state) => state.problems);
  return (
    <ul
      className="problems"
      aria-live="polite"
      aria-label={t('editor.problems')}
      data-empty={problems.length === 0 || undefined}
    >
      {problems.slice(0, 50).map((problem) => (
        <li key={`${problem.line}:${problem.column}:${problem.message}`}>
          <button type="button" onClick={() => reveal(problem.line, problem.column)}>
            <span className="problem-line">{t('editor.line', { line: problem.line })}</span> {sentence(problem.message)}
          </button>
        </li>
      ))}
    </ul>
  );
}
