import { below, pick, type Random } from './random.ts';

// Invented names: two literary characters, 演示 (demonstration), a trade. No real company has 演示 in its name this way.
const first =
  '听松竹溪荻浦云岫鹿柴砚禾漱石青笠枕流叔度北垞南垞白石石鼓辛夷半亩曲水欹湖松窗芦汀墨池桐荫莲塘霁月晚照鸥渚苔痕梅坞兰皋菊潭杏帘柳浪枫桥槐安榆塞桑干棠溪梨云荷风蓼汀蕉雨薇垣芷岸蘅芜葭苍萍洲荇藻菱歌茶烟'.match(
    /../gu,
  ) as string[];
const second = '东西南北上下前后左右春夏秋冬晨暮晴雨清和明远高平'.match(/./gu) as string[];

const surnames =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文'.match(
    /./gu,
  ) as string[];
const given =
  '建国志强海燕晓东丽华明远玉兰永刚秀英文博春生慧敏德胜雪梅国栋静怡振华爱民立新佳宁向阳若兰守信思齐学勤宏伟子衿云帆怀瑾嘉禾知行远山清扬景行致远'.match(
    /../gu,
  ) as string[];

export function personName(r: Random): string {
  return pick(r, surnames) + pick(r, given);
}

/** Name of an invented unit in a trade. */
export function unitName(r: Random, trade: string): string {
  return `${pick(r, first)}${r.next() < 0.5 ? pick(r, second) : ''}演示${trade}`;
}

interface Kind {
  readonly trades: readonly string[];
  readonly industry: string;
  readonly problems: readonly ((r: Random) => string)[];
  readonly goal: string;
  readonly measures: string;
}

const n = (r: Random, from: number, to: number) => from + below(r, to - from + 1);
const times = (r: Random) => (0.2 + r.next() * 2.6).toFixed(1);

/** Trades, texts and remedies by aspect code. */
export const kinds: Readonly<Record<string, Kind>> = {
  'central-inspection': {
    trades: ['洗煤有限公司', '焦化有限公司', '污水处理站', '矸石处置场'],
    industry: '0610',
    problems: [
      (r) => `“回头看”反馈的煤矸石堆场生态恢复未按进度完成，尚有${n(r, 2, 60)}亩未覆土`,
      (r) => `督察整改任务滞后：雨污分流管网尚有${n(r, 1, 18)}公里未建成`,
      () => '煤矸石堆场未设挡墙及截洪沟，淋溶水外流',
    ],
    goal: '完成督察反馈问题整改并通过销号验收',
    measures: '倒排工期；逐项建账；完成生态恢复与截排水设施；第三方评估',
  },
  'air-supervision': {
    trades: ['水泥粉磨站', '砖瓦厂', '耐火材料有限公司', '石料厂', '家具厂', '印刷厂'],
    industry: '3031',
    problems: [
      () => '包装工段布袋除尘器旁路开启，粉尘直排',
      (r) => `喷漆房活性炭饱和未更换，无更换记录，已${n(r, 2, 11)}个月`,
      () => '物料堆场未封闭，破碎、筛分工序无收尘',
      (r) => `酸洗工段废气收集效率不足，车间无组织排放，集气罩破损${n(r, 1, 6)}处`,
    ],
    goal: '废气全部收集并达标排放',
    measures: '封堵旁路；更换治理设施耗材；建立运行台账；委托监测一次',
  },
  'key-dischargers': {
    trades: ['焦化有限公司', '化肥有限公司', '铸造有限公司', '镁业有限公司', '淀粉厂', '制药有限公司', '热电有限公司'],
    industry: '2521',
    problems: [
      (r) => `外排废水氨氮超标${times(r)}倍，曝气机停运${n(r, 1, 4)}台`,
      (r) => `焦炉烟囱氮氧化物小时均值超标${times(r)}倍`,
      (r) => `还原炉烟气二氧化硫小时均值超标${n(r, 2, 14)}次`,
      (r) => `外排口化学需氧量超标${times(r)}倍，废水池防渗膜破损，渗漏痕迹约${n(r, 3, 40)}米`,
      () => '自动监测采样管未接入烟道，数据与工况不符',
    ],
    goal: '污染物稳定达标排放，自动监测数据真实、联网',
    measures: '检修治理设施；调整工艺参数；比对监测；停运期间手工监测每日一次',
  },
  'loose-coal': {
    trades: ['煤场', '饭店', '浴池', '小区供热站'],
    industry: '4430',
    problems: [
      (r) => `禁煤区内存放散煤约${n(r, 1, 60)}吨`,
      () => '禁煤区散煤销售点未取缔',
      (r) => `禁煤区内${n(r, 2, 40)}户仍燃用散煤，清洁取暖改造未完成`,
    ],
    goal: '禁煤区散煤清零',
    measures: '清运散煤；取缔销售点；完成清洁取暖改造；街道日巡查',
  },
  scattered: {
    trades: ['石料厂', '洗砂厂', '铸件加工点', '塑料颗粒厂', '废旧电瓶拆解点', '小砖窑'],
    industry: '4220',
    problems: [
      () => '列入取缔清单仍在生产，未断电断水',
      () => '破碎、筛分未封闭，场地积尘，无环保手续',
      (r) => `隧道窑脱硫塔停用，运行记录补写${n(r, 3, 30)}天`,
      () => '“两断三清”不到位，原料和设备未清除',
    ],
    goal: '“散乱污”企业关闭到位并防止反弹',
    measures: '断水断电；清除原料、产品和设备；乡镇网格员每周巡查',
  },
  boilers: {
    trades: ['供热站', '宾馆', '食品厂', '洗涤厂'],
    industry: '4430',
    problems: [
      (r) => `${n(r, 1, 4)}台${pick(r, [2, 4, 6, 10])}蒸吨燃煤锅炉未按期淘汰`,
      () => '燃煤锅炉脱硫设施停运，加药系统无药剂',
      (r) => `锅炉烟气颗粒物超标${times(r)}倍`,
    ],
    goal: '按期淘汰或达到特别排放限值',
    measures: '拆除燃煤锅炉或改用清洁能源；恢复脱硫除尘设施；监测一次',
  },
  'construction-dust': {
    trades: ['住宅小区二期工地', '道路改造工地', '综合管廊工地', '学校扩建工地', '商业中心工地', '渣土消纳场'],
    industry: '4710',
    problems: [
      (r) => `土方作业未湿法，裸土约${n(r, 2, 80) * 100}平方米未苫盖`,
      (r) => `车辆冲洗设施停用，出口带泥约${n(r, 10, 90)}米`,
      () => '围挡不连续，渣土车未密闭运输',
      (r) => `“六个百分之百”落实不到位，喷淋缺${n(r, 1, 8)}处`,
    ],
    goal: '扬尘管控“六个百分之百”全部落实',
    measures: '裸土苫盖；恢复车辆冲洗；安装喷淋和在线监控；专人值守',
  },
  'diesel-smoke': {
    trades: ['物流有限公司', '运输车队', '机械租赁有限公司'],
    industry: '5430',
    problems: [
      (r) => `路检柴油货车冒黑烟，不透光烟度超标，共${n(r, 1, 9)}辆`,
      (r) => `厂内非道路移动机械未编码登记${n(r, 2, 15)}台，冒黑烟`,
      () => '自备油罐油品硫含量超标',
    ],
    goal: '车辆和机械达标排放',
    measures: '维修复检；清退不达标车辆；更换合格油品；门禁核验',
  },
  'drinking-water': {
    trades: ['养殖场', '农家乐', '砂场', '加油站'],
    industry: '0390',
    problems: [
      () => '饮用水水源二级保护区内采砂',
      (r) => `水源二级保护区内养殖场存栏约${n(r, 30, 800)}头，粪污直排`,
      () => '水源一级保护区隔离防护设施缺损，警示标识缺失',
      () => '保护区内排污口未拆除',
    ],
    goal: '保护区内违法项目清理到位',
    measures: '关停搬迁；清理粪污；修复隔离防护；设置标识标牌',
  },
  'water-projects': {
    trades: ['污水处理厂提标改造工程', '截污管网工程', '人工湿地工程'],
    industry: '4620',
    problems: [
      (r) => `污水处理厂提标改造滞后，土建仅完成${n(r, 20, 85)}%`,
      (r) => `城镇雨污分流管网缺口${n(r, 1, 22)}公里，污水直排`,
      () => '污泥脱水车间异味，污泥未规范处置',
    ],
    goal: '工程建成投运，出水达到要求',
    measures: '倒排工期；增加班组；通水调试；完工验收',
  },
  other: {
    trades: ['建材有限公司', '机械厂', '屠宰场', '酿造厂', '焊材厂', '养殖场', '汽修厂', '洗煤有限公司'],
    industry: '4290',
    problems: [
      () => '煤泥水经雨水沟外排入季节性河道',
      () => '熄焦废水未处理即用于洒水',
      (r) => `危险废物贮存间未防渗，废机油桶${n(r, 2, 30)}只露天堆放`,
      (r) => `生活垃圾中转站渗滤液外流，群众举报${n(r, 2, 6)}次`,
      () => '造粒塔粉尘无组织排放，周边积尘明显',
      () => '未验先投，环保设施未与主体工程同时运行',
    ],
    goal: '消除环境违法行为，恢复原状',
    measures: '停止违法行为；完善污染防治设施；清理现场；建立台账',
  },
};

export function kindOf(aspect: string): Kind {
  return kinds[aspect] ?? (kinds.other as Kind);
}
