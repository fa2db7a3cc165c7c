/** Simplified Chinese: sharing, files, pictures. */
import type { Translated } from '../language';
import type { enShare } from './en-share';

export const zhShare: Translated<typeof enShare> = {
  'share.share': '分享',
  'share.what': '分享什么',
  'share.link': '链接',
  'share.embed': '嵌入',
  'share.markdown': 'Markdown',
  'share.copy': '复制',
  'share.copied': '已在剪贴板上。',
  'share.copyByHand': '请手动复制：这个浏览器不允许使用剪贴板。',
  'share.opens': '打开于',
  'share.moment': '{moment}',
  'share.start': '从头开始',
  'share.with': '并带上',
  'share.select': '所选：{what}',
  'share.view': '当前视图',
  'share.branches': '全部 {count} 条分支',
  'share.lang': '当前语言（{name}）',
  'share.long': '链接有 {count} 个字符；有些程序会截断这么长的链接。',
  'share.length': '{count} 个字符。手动做过的操作都在里面，不会存到任何地方。',
  'share.mode': '框中显示',
  'share.all': '除编辑器外的一切',
  'share.readonly': '只看不做',
  'share.controls': '图和它的控制按钮',
  'share.snippet': '代码片段',
  'share.example': '你的页面如何与框架通信：示例',
  'share.markdownText': 'Markdown 文本',
  'share.openIt': '在 Kubestep 中打开这一刻',
  'share.at': '{moment}，第 {step} 步',
};
