/** The order of things: revisions, steps, causes and times only go forward, and identities never change. */
import { type Checker, nameOf } from './history';

export const revisions: Checker = {
  name: 'revisions',
  begin: (complain, { steps }) => {
    let revision = 0;
    let lastStep = 0;
    let lastTime = 0;
    const uids = new Map<string, string>();
    steps.forEach(({ step, time, cause }, index) => {
      if (step !== index + 1) complain(`step ${step} stands in place ${index + 1}`);
      if (cause !== null && !(cause >= 1 && cause < step)) complain(`step ${step} has cause ${cause}`);
      if (time < lastTime) complain(`step ${step} goes back from ${lastTime} to ${time} ms`);
      if (!Number.isSafeInteger(time)) complain(`step ${step} has time ${time}`);
      lastTime = time;
    });
    return {
      change: (change, _state, step) => {
        const { value, previous, kind, key } = change;
        if (change.revision !== revision + 1) complain(`revision ${change.revision} follows ${revision}`);
        revision = change.revision;
        if (change.step < lastStep) complain(`a change of step ${change.step} follows one of step ${lastStep}`);
        lastStep = change.step;
        if (!step) complain(`revision ${revision} was written by no step`);
        if (step && step.time !== change.atMs)
          complain(`revision ${revision} is from ${change.atMs} ms, its step from ${step.time}`);
        if (!value) return;
        const { uid = '', resourceVersion, creationTimestamp } = value.metadata;
        if (resourceVersion !== String(revision)) complain(`${nameOf(value)} says resourceVersion ${resourceVersion}`);
        if (!uid || !creationTimestamp) complain(`${nameOf(value)} has no uid or creationTimestamp`);
        const holder = uids.get(uid);
        if (holder !== undefined && holder !== `${kind} ${key}`) complain(`${nameOf(value)} has the uid of ${holder}`);
        if (!previous && holder !== undefined) complain(`${nameOf(value)} has the uid of one that is gone`);
        uids.set(uid, `${kind} ${key}`);
        if (!previous) return;
        if (previous.metadata.uid !== uid) complain(`${nameOf(value)} changed its uid in an update`);
        if (previous.metadata.creationTimestamp !== creationTimestamp) complain(`${nameOf(value)} changed its age`);
        const { deletionTimestamp } = previous.metadata;
        if (deletionTimestamp && !value.metadata.deletionTimestamp)
          complain(`${nameOf(value)} came back from deletion`);
      },
    };
  },
};
