/* Streamlit has no translations. This puts its own words into Chinese as they appear, and leaves alone what the
   pages wrote (text of pages, tables, canvases). In an address with lang=en it does nothing. */
(() => {
  "use strict";
  const english = () => new URLSearchParams(location.search).get("lang") === "en";
  const started = english();

  const WORDS = {
    "Add files": "添加文件", "Add rows": "添加行", "Autosize": "自动列宽", "Automatic": "自动", "Browse files": "选择文件",
    "CONNECTING": "正在连接", "Cancel": "取消", "Choose an option": "请选择", "Choose options": "请选择",
    "Clear": "清除", "Clear all": "全部清除", "Clear cache": "清除缓存", "Clear selection": "取消选择", "Clear value": "清除",
    "Close": "关闭", "Close Search": "关闭搜索", "Close fullscreen": "退出全屏", "Close search": "关闭搜索",
    "Collapse": "收起", "Collapse sidebar": "收起侧栏", "Connecting": "正在连接", "Connecting...": "正在连接…",
    "Connection error": "连接中断", "Copied": "已复制", "Copy": "复制", "Copy column name": "复制列名",
    "Copy link to heading": "复制本节链接", "Copy to clipboard": "复制", "Dataframe column menu": "列菜单",
    "Delete": "删除", "Dismiss": "关闭", "Download as CSV": "下载 CSV", "Drag and drop a file here": "把文件拖到这里",
    "Drag and drop file here": "把文件拖到这里", "Drag and drop files here": "把文件拖到这里",
    "Drag and drop directories here": "把文件夹拖到这里", "Error": "出错", "Expand": "展开", "Expand sidebar": "展开侧栏",
    "File change.": "文件有变化。", "Format": "格式", "Fullscreen": "全屏", "Hide column": "隐藏列",
    "Hide/show columns": "显示或隐藏列", "Show/hide columns": "显示或隐藏列", "Link to heading": "本节链接",
    "Main menu": "菜单", "Network error": "网络出错", "Next page": "下一页", "Next Result": "下一个", "No data": "没有数据",
    "No options": "没有可选项", "No results": "没有结果", "None": "无", "Notifications": "通知", "Open": "打开",
    "Page not found": "没有这个页面", "Pagination": "翻页", "Pin column": "固定列", "Please wait...": "请稍候…",
    "Previous page": "上一页", "Previous Result": "上一个", "Print": "打印", "Reconnected to server.": "已重新连接。",
    "Remove": "移除", "Rerun": "刷新", "Retry": "重试", "Running...": "正在运行…", "RUNNING...": "正在运行…",
    "Scroll tabs left": "向左", "Scroll tabs right": "向右", "Search": "搜索", "Select all": "全选", "Show all": "全部显示",
    "Settings": "设置", "Show password text": "显示密码", "Hide password text": "隐藏密码", "Sidebar": "侧栏",
    "Skip to main content": "跳到正文", "Sort ascending": "升序", "Sort descending": "降序", "Statistics": "统计",
    "Stop": "停止", "The page that you have requested does not seem to exist": "您打开的页面不存在",
    "Theme": "主题", "Type to search": "输入以搜索", "Unpin column": "取消固定", "Upload": "选择文件",
    "yyyy": "年", "mm": "月", "dd": "日", "Upload directories": "选择文件夹", "View fullscreen": "全屏查看", "View more": "查看更多", "View less": "收起",
    "Wide mode": "宽屏", "Yes": "是", "No": "否", "empty": "空", "Show data": "查看数据", "Select": "选择",
    "Selectbox options": "选项", "Multiselect options": "选项", "Selected values": "已选", "Scrollable table": "可滚动的表",
    "Values": "数值", "Count": "个数", "Sum": "合计", "Average": "平均", "Median": "中位数", "Minimum": "最小", "Maximum": "最大",
    "Distinct": "不同值", "Empty": "空", "Standard deviation": "标准差", "Range": "范围", "Percent": "百分比", "Plain": "原样",
    "Compact": "紧凑", "Localized": "本地格式", "Accounting": "会计", "Scientific": "科学计数", "Dollar": "美元", "Euro": "欧元",
    "Yen": "日元", "Distance": "距离", "Calendar": "日历", "Duration": "时长", "Loading...": "正在载入…", "Menu": "菜单",
    "Logo": "标志", "App Logo": "标志", "App pages": "页面", "Navigate to home page": "返回首页", "file upload": "上传文件",
    "Choose date": "选择日期", "Next month": "下个月", "Previous month": "上个月", "Next year": "明年", "Previous year": "去年",
    "Use arrow keys to navigate dates. Enter to select. Escape to close.": "用方向键选日期，回车确定，Esc 关闭。",
    "Increment": "增加", "Decrement": "减少", "Overflow": "更多", "Open menu": "打开菜单", "Close menu": "关闭菜单",
    "The page that you have requested does not seem to exist. Running the app's main page.": "您打开的页面不存在，已转到首页。",
    "Connection lost. Please wait for the app to reconnect, then try again.": "连接中断，请等待自动重连后再试。",
    "Streamlit server is not responding. Are you connected to the internet?": "服务器没有回应，请检查网络或稍后再试。",
  };

  const DATE_PARTS = { year: "年", month: "月", day: "日" };

  const PATTERNS = [
    [/^(year|month|day), (.+)$/, (m) => `${m[2]}：${DATE_PARTS[m[1]]}`],
    [/^Choose date, (.+)$/, (m) => `选择日期，${m[1]}`],
    [/^Limit (\S+) per file(?: • (.*))?$/, (m) => `每个文件不超过 ${m[1]}` + (m[2] ? ` • ${m[2]}` : "")],
    [/^(\d+(?:\.\d+)?\s?[KMG]?B) per file(?: • (.*))?$/, (m) => `每个文件不超过 ${m[1]}` + (m[2] ? ` • ${m[2]}` : "")],
    [/^File must be (\S+) or smaller\.?$/, (m) => `文件不能超过 ${m[1]}`],
    [/^(.+) files are not allowed\.?$/, (m) => `不接受 ${m[1]} 文件`],
    [/^Remove (.+)$/, (m) => `移除 ${m[1]}`],
    [/^Delete (.+)$/, (m) => `删除 ${m[1]}`],
    [/^Showing page (\d+) of (\d+)$/, (m) => `第 ${m[1]} 页，共 ${m[2]} 页`],
    [/^Page (\d+) of (\d+)$/, (m) => `第 ${m[1]} 页，共 ${m[2]} 页`],
    [/^(?:Go to page|Page) (\d+)$/, (m) => `第 ${m[1]} 页`],
    [/^Selected (.+)\. (.+)$/, (m) => `已选 ${m[1]}，${m[2]}`],
    [/^No results found(?: for (.+))?\.?$/, () => "没有结果"],
    [/^Help for (.+)$/, (m) => `${m[1]}：说明`],
    [/^([A-Za-z][A-Za-z/ ]*): (.+)$/, (m) => (Object.hasOwn(WORDS, m[1]) ? `${WORDS[m[1]]}：${m[2]}` : null)],
    [/^[a-z_0-9]+ icon$/, () => "图标"],
    [/^(\d+) more$/, (m) => `另外 ${m[1]} 个`],
    [/^View (\d+) more$/, (m) => `查看另外 ${m[1]} 个`],
    [/^Tooltip for (.+)$/, (m) => `${m[1]}：说明`],
    [/^Heading (.+)$/, (m) => m[1]],
  ];

  const ATTRIBUTES = ["aria-label", "title", "placeholder", "alt"];
  const OURS = '[data-testid="stMarkdownContainer"], [data-testid="stText"], [data-testid="stCode"], ' +
    '[data-testid="stTable"] td, [data-testid="stTable"] th, canvas, script, style, code, textarea, ' +
    '[data-testid="stFileUploaderFileName"], [data-testid="stUploadedFileName"]';

  const THEIRS = '[data-testid="stFileUploaderDropzone"], [data-testid="stFileUploaderFile"] button, ' +
    '[data-testid="stTopNavSection"], [data-testid="stMainMenu"], [data-testid="stStatusWidget"], ' +
    '[data-testid="stDataFrameColumnMenu"], [role="menu"]';

  function isOurs(element) {
    return element.closest(OURS) !== null && element.closest(THEIRS) === null;
  }

  function chinese(text) {
    const trimmed = text.trim();
    if (!/[A-Za-z]{2}/.test(trimmed)) return null;
    if (Object.hasOwn(WORDS, trimmed)) return text.replace(trimmed, () => WORDS[trimmed]);
    for (const [pattern, say] of PATTERNS) {
      const match = pattern.exec(trimmed);
      if (match) return say(match);
    }
    return null;
  }

  function translateText(node) {
    if (!node.parentElement || isOurs(node.parentElement)) return;
    const said = chinese(node.data);
    if (said !== null && said !== node.data) node.data = said;
  }

  function translateAttributes(element) {
    for (const name of ATTRIBUTES) {
      const value = element.getAttribute(name);
      const said = value ? chinese(value) : null;
      if (said !== null && said !== value) element.setAttribute(name, said);
    }
  }

  function translateTree(root) {
    if (root.nodeType === Node.TEXT_NODE) return translateText(root);
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = root; node; node = walker.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) translateText(node);
      else translateAttributes(node);
    }
  }

  function onChange(changes) {
    if (english() !== started) return location.reload();
    if (started) return;
    for (const change of changes) {
      if (change.type === "attributes") translateAttributes(change.target);
      else if (change.type === "characterData") translateText(change.target);
      else change.addedNodes.forEach(translateTree);
    }
  }

  new MutationObserver(onChange).observe(document.documentElement, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES,
  });
  if (!started) translateTree(document.documentElement);
})();
