/** Faults that hold at the moment shown, and the buttons that end them. */
import { sentence, t } from '../../i18n/translate';
import type { HeldFault } from '../../view/held-faults';
import { conductor } from '../state/page';
import { useSession } from '../state/session';
import { useAnswer } from '../state/use-answer';
import { healing } from './commands';

const REFRESH_MS = { rest: 60, playing: 600 };

const NONE: readonly HeldFault[] = [];

/** The faults that hold. */
export function useFaults(): readonly HeldFault[] {
  const { step, timeMs } = useSession((session) => session.cursor);
  const refreshMs = useSession((session) => (session.playing ? REFRESH_MS.playing : REFRESH_MS.rest));
  return useAnswer('faults', { step, timeMs }, { about: [step, timeMs], refreshMs }) ?? NONE;
}

/** What it is called to end one. */
export const healName = ({ text }: HeldFault): string => t('fault.heal', { what: sentence(text) });

/** Ends one at the moment shown. */
export const heal = (fault: HeldFault): Promise<void> => conductor.acts.do(healing(fault), healName(fault));

function Heal({ fault }: { fault: HeldFault }) {
  return (
    <button type="button" className="button small" aria-label={healName(fault)} onClick={() => void heal(fault)}>
      {t('fault.healIt')}
    </button>
  );
}

/** Faults, each with its button; nothing where all is well. */
export function HeldFaults({ faults }: { faults: readonly HeldFault[] }) {
  if (faults.length === 0) return null;
  return (
    <ul className="held-faults" aria-label={t('fault.held')}>
      {faults.map((fault) => (
        <li key={fault.step}>
          <span>{sentence(fault.text)}</span> <Heal fault={fault} />
        </li>
      ))}
    </ul>
  );
}

/** The button of the fault that struck in a step, if it still holds at the moment shown. */
export function HealHere({ step }: { step: number }) {
  const fault = useFaults().find((one) => one.step === step);
  return fault ? <Heal fault={fault} /> : null;
}
