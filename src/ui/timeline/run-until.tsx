/** Run until: the button, with how many breakpoints are minded; its box comes when it is opened. */
import { Suspense } from 'react';
import { t } from '../../i18n/translate';
import { Icon } from '../shell/icons';
import { late } from '../shell/late';
import { usePopover } from '../shell/popover';
import { useBreakpoints } from '../state/breakpoints';
import { useSession } from '../state/session';

const UntilForm = late(() => import('./until-form'));

/** See the header. */
export function RunUntil() {
  const { open, setOpen, root } = usePopover();
  const ready = useSession((session) => session.ready);
  const held = useSession((session) => session.heldMs !== null);
  const minded = useBreakpoints(({ list }) => list.filter(({ on }) => on).length);
  return (
    <div className="until" ref={root}>
      <button
        type="button"
        className="icon-button"
        aria-label={t('until.open')}
        title={t(held ? 'lesson.heldPlay' : 'until.open')}
        aria-expanded={open}
        disabled={!ready || held}
        onClick={() => setOpen(!open)}
      >
        <Icon name="until" size={20} />
        {minded > 0 && (
          <span className="until-count" aria-hidden="true">
            {minded}
          </span>
        )}
      </button>
      <Suspense>{open && !held && <UntilForm close={() => setOpen(false)} />}</Suspense>
    </div>
  );
}
