/** Below the text: what an edit here does, and where the text goes and comes from. */
import { t } from '../../i18n/translate';
import { saveFile } from '../lesson/save-file';
import { BranchNote } from '../shell/branch-note';
import { Icon, type IconName } from '../shell/icons';
import { useDocument } from '../state/document';
import { useHistory } from '../state/history';
import { conductor, typing } from '../state/page';
import { setBanner, useSession } from '../state/session';
import { titleOf } from '../state/text-title';
import { fileName } from './file-name';
import { chooseFiles } from './take-files';

function download(): void {
  const { text } = useDocument.getState();
  saveFile(`${fileName(titleOf(text))}.yaml`, text, 'application/yaml');
}

/** What was done by hand becomes lines of the text, which is run in place of the branch: it is the same run. */
async function writeActs(): Promise<void> {
  const { timeMs } = useSession.getState().cursor;
  const written = await conductor.query('textWithActs', {});
  if (!written) return;
  if ('problem' in written) {
    setBanner('action', { tone: 'error', text: t('acts.refused'), detail: written.problem });
    return;
  }
  await typing.choose(written.text, { timeMs });
  setBanner('action', { tone: 'info', text: t('acts.written') });
}

function Deed({ name, icon, run, disabled }: { name: string; icon: IconName; run: () => unknown; disabled?: boolean }) {
  return (
    <button type="button" className="icon-button" aria-label={name} title={name} disabled={disabled} onClick={run}>
      <Icon name={icon} size={16} />
    </button>
  );
}

/** See the header. */
export function EditorFoot() {
  const acted = useHistory(({ present }) => {
    const run = present?.run;
    return run?.branches.some(({ id, inputs }) => id === run.current && inputs.length > 0) ?? false;
  });
  return (
    <div className="editor-foot">
      <BranchNote says="branchNote.edit" id="branch-note-edit" />
      <Deed name={t('acts.write')} icon="acts" disabled={!acted} run={writeActs} />
      <Deed name={t('files.open')} icon="folder" run={chooseFiles} />
      <Deed name={t('files.download')} icon="download" run={download} />
    </div>
  );
}
