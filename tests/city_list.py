"""An invented city's list of single services: `python -m tests.city_list OUT.xlsx --items 15000 --questions 3000` (or OUT.json).

About sixty items are named in clear words as cities name them; all others are put together from departments, objects and services.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
from pathlib import Path
from typing import Any, Iterator, Sequence

from openpyxl import Workbook

HEADERS = ("事项编码", "事项名称", "实施主体", "受理条件", "办理材料", "法定时限", "承诺时限", "收费", "办理地点", "办理时间", "咨询", "监督投诉")
# The least that a list has to say, and an item that says it.
LEAST = ["事项编码", "事项名称", "实施主体", "办理材料", "承诺办结时限"]
PASSPORT = ["A1", "普通护照签发", "公安局", "身份证\n照片", "7个工作日"]
CITY = "云泽市"
KNOWN = {
    "公安局": "普通护照签发 普通护照换发 普通护照补发 往来港澳通行证签发 往来台湾通行证签发 居民身份证申领 居民身份证换领 居民身份证丢失补领 居住证申领 居住证签注 "
    "机动车驾驶证换证 机动车驾驶证补证 机动车驾驶证注销 机动车注册登记 机动车转移登记 机动车号牌补换领 机动车行驶证补换领 养犬登记 无犯罪记录证明开具 户口迁移审批 死亡注销户口",
    "自然资源局": "国有建设用地使用权首次登记 房屋所有权转移登记 不动产抵押权登记 不动产权证书补发 不动产登记资料查询 林木采伐许可证核发",
    "市场监督管理局": "个体工商户设立登记 个体工商户变更登记 个体工商户注销登记 食品经营许可证核发 食品经营许可证延续 营业执照遗失补领 特种设备使用登记",
    "人力资源和社会保障局": "失业保险金申领 灵活就业人员参保登记 工伤认定申请 职称证书补发 流动人员人事档案转递",
    "民政局": "内地居民结婚登记 内地居民离婚登记 最低生活保障对象认定 高龄津贴发放 收养登记 特困人员认定",
    "卫生健康委员会": "公共场所卫生许可证核发 出生医学证明补发 再生育审批 生育登记 医师执业注册 护士执业注册",
    "教育局": "教师资格认定 教师资格证书补发 民办学校设立审批",
    "残疾人联合会": "残疾人证办理 残疾人证换领 残疾儿童康复救助",
    "住房和城乡建设局": "商品房预售许可 房屋租赁登记备案 城镇燃气经营许可证核发",
    "城市管理局": "户外广告设置审批 城市建筑垃圾处置核准 临时占用城市道路审批",
    "交通运输局": "网络预约出租汽车驾驶员证核发 道路货物运输经营许可 出租汽车驾驶员从业资格证核发",
    "税务局": "发票领用 完税证明开具",
    "烟草专卖局": "烟草专卖零售许可证新办 烟草专卖零售许可证延续",
    "文化和旅游局": "导游证核发 营业性演出审批",
    "退役军人事务局": "退役军人优待证申领",
    "医疗保障局": "异地就医备案 城乡居民基本医疗保险参保登记",
    "住房公积金管理中心": "租房提取住房公积金 住房公积金转移接续",
}
OBJECTS = {
    "公安局": "保安服务公司 保安员证 剧毒化学品购买许可证 民用爆炸物品运输 焰火燃放活动 旅馆业特种行业 典当业特种行业 公章刻制业 大型群众性活动 校车驾驶资格 危险化学品道路通行 临时入境机动车号牌 互联网上网场所信息网络安全 金融机构营业场所安防设施",
    "自然资源局": "采矿权 探矿权 海域使用权 建设用地规划 建设工程规划 乡村建设规划 测绘资质 地质灾害治理单位资质 临时用地 土地复垦方案 古生物化石发掘 地图审核 森林经营方案 林权流转",
    "市场监督管理局": "食品生产 小作坊 小餐饮 药品零售企业 医疗器械经营 特种设备作业人员证 计量标准 检验检测机构 工业产品生产 广告发布 股权出质 动产抵押 农民专业合作社 外国企业常驻代表机构 保健食品",
    "人力资源和社会保障局": "民办职业培训学校 劳务派遣经营 人力资源服务机构 企业年金方案 特殊工时制度 专业技术人员职称 职业技能等级证书 创业担保贷款 就业见习基地 社会保险费缓缴 工伤职工停工留薪期 社会保险关系转移",
    "民政局": "社会团体 民办非企业单位 基金会 慈善组织 养老机构 公墓 殡仪服务机构 福利彩票投注点 孤儿基本生活费 困境儿童保障 困难残疾人生活补贴 地名命名 志愿服务组织 临时救助",
    "卫生健康委员会": "医疗机构执业 放射诊疗 母婴保健技术服务 职业健康检查机构 消毒产品生产企业 饮用水供水单位 病原微生物实验室 麻醉药品购用印鉴卡 乡村医生执业 托育机构 大型医用设备配置 人体器官移植 单采血浆站 中医诊所",
    "教育局": "校外培训机构 幼儿园 中等职业学校 学生转学 学籍 校车使用 国家助学金 自费出国留学 中小学教材 普通话水平测试 教育类社会组织 特殊教育学校",
    "残疾人联合会": "残疾人辅助器具适配 盲人医疗按摩所 残疾人机动轮椅车燃油补贴 残疾人自主创业扶持 残疾大学生助学 残疾人家庭无障碍改造 重度残疾人托养",
    "住房和城乡建设局": "建筑业企业资质 工程监理企业资质 房地产开发企业资质 物业服务企业 施工图审查 建筑起重机械 消防设计 消防验收 城镇污水排入排水管网 二级建造师注册 白蚁防治单位 历史建筑修缮 住房保障家庭资格 房屋安全鉴定机构",
    "城市管理局": "城市生活垃圾经营性处置 环境卫生设施拆除 城市树木砍伐 绿地占用 古树名木迁移 桥梁上架设管线 城市照明设施迁移 户外招牌 餐厨垃圾收运 渣土车辆 瓶装燃气供应站 供热经营",
    "交通运输局": "道路旅客运输经营 道路危险货物运输 机动车维修经营 机动车驾驶员培训机构 国际道路运输 水路运输业务 港口经营 船舶营业运输证 公路超限运输 涉路施工 巡游出租汽车经营 城市公共汽电车线路 船员适任证书 渔船船名 汽车租赁经营",
    "税务局": "增值税专用发票最高开票限额 纳税人跨区域涉税事项 非居民企业所得税 车辆购置税 契税 印花税 城镇土地使用税减免 出口退税 税务代理人 税收居民身份",
    "文化和旅游局": "旅行社经营 娱乐场所经营 互联网上网服务营业场所 文艺表演团体 文物商店 艺术品经营单位 广播电视节目制作 非物质文化遗产项目 博物馆 考古发掘 出版物零售 印刷经营 电影放映 有线电视频道",
    "水利局": "取水 河道采砂 水土保持方案 水利工程建设监理单位 洪水影响评价 入河排污口 占用农业灌溉水源 水工程建设规划 河道管理范围内建设项目 水利工程质量检测单位",
    "农业农村局": "农药经营 兽药经营 种子生产经营 饲料生产 动物防疫条件 动物诊疗机构 生鲜乳收购站 水产养殖 渔业捕捞 拖拉机驾驶 联合收割机 农作物种子 家畜屠宰 农村土地经营权 执业兽医",
    "生态环境局": "排污 危险废物经营 辐射安全 建设项目环境影响报告书 建设项目环境影响报告表 废弃电器电子产品处理 放射性同位素转让 入海排污口 夜间施工 危险废物转移联单",
    "应急管理局": "安全生产 危险化学品经营 烟花爆竹零售 烟花爆竹批发 非煤矿山建设项目安全设施 特种作业操作证 安全评价机构 危险化学品建设项目 金属冶炼建设项目 应急预案",
    "医疗保障局": "定点医疗机构协议 定点零售药店协议 门诊慢特病待遇 生育津贴 医疗救助 职工基本医疗保险关系 医保个人账户 长期护理保险待遇 医用耗材挂网",
    "住房公积金管理中心": "住房公积金缴存 住房公积金个人账户 住房公积金贷款结清 购房提取公积金 退休提取公积金 住房公积金缓缴 公积金贷款还款方式",
    "退役军人事务局": "军人退役报到 伤残军人等级 烈士遗属优抚 义务兵家庭优待金 军队离退休干部安置 退役士兵教育培训 带病回乡退役军人 参战退役人员生活补助",
    "司法局": "律师执业 律师事务所 公证员 司法鉴定机构 司法鉴定人 基层法律服务工作者 法律援助 仲裁委员会 人民调解组织 国家统一法律职业资格",
    "发展和改革委员会": "企业投资项目 政府投资项目 固定资产投资项目节能 粮食收购 石油天然气管道保护 价格认定 电力设施周围作业 招标方案 外商投资项目 新建油气储备",
    "商务局": "成品油零售经营 拍卖业务 直销企业服务网点 对外劳务合作经营 单用途商业预付卡 二手车交易市场 对外贸易经营者 报废机动车回收 汽车销售企业 家电以旧换新",
    "气象局": "防雷装置设计 防雷装置竣工 升放气球 气象台站迁建 雷电防护装置检测单位 气象信息服务单位 人工影响天气作业",
    "档案局": "档案利用 档案寄存 国家重点档案出境 档案服务机构 非国有档案出卖",
}
SERVICES = ("核发", "变更", "延续", "注销", "补办", "备案", "审批", "信息查询")
CASES = ("", "（个人）", "（企业）", "（法定代表人变化）", "（地址变化）", "（分支机构）", "（告知承诺）", "（跨区迁入）", "（首次）", "（委托代办）")
MATERIALS = ("申请表", "身份证件", "营业执照", "法定代表人身份证明", "授权委托书", "场所使用证明", "人员资格证明", "安全管理制度", "设施设备清单", "原证件", "近期照片", "检验合格报告", "平面布置图", "承诺书", "资金证明")
CONDITIONS = ("申请人具有完全民事行为能力", "有固定的场所", "有相应的专业人员", "符合国家规定的标准", "在本市行政区域内", "没有处在限制期内的处罚")
STREETS = ("湖东路", "云溪大道", "望江街", "青石巷", "迎春路", "丰收大街")
ASKS = ("{}要带哪些材料？", "办{}多少天能办好？", "{}要交钱吗？", "{}可以让别人代办吗？", "{}在哪里办？", "外地人能办{}吗？", "{}能在网上办吗？")
ANSWERS = ("可以，请带上双方的身份证件。", "按清单上的承诺时限办理。", "到办理地点的综合窗口取号。", "网上提交后等短信通知。", "不收费。")


def items(count: int, *, seed: int = 1) -> list[dict[str, str]]:
    """Return `count` items, the well-known ones first."""
    chance = random.Random(seed)
    return [_item(n, department, name, chance) for n, (department, name) in enumerate(itertools.islice(_names(chance), count), 1)]


def questions(listed: Sequence[dict[str, str]], count: int, *, seed: int = 1) -> list[dict[str, str]]:
    """Return `count` common questions on the items."""
    chance = random.Random(seed)
    pairs = ((item, ask) for ask in itertools.cycle(ASKS) for item in chance.sample(list(listed), len(listed)))
    return [
        {"事项编码": item["事项编码"], "问题": ask.format(item["事项名称"]), "答案": chance.choice(ANSWERS)}
        for item, ask in itertools.islice(pairs, count)
    ]


def write(path: Path, *, count: int, asked: int, seed: int = 1) -> Path:
    """Write a list as .xlsx or .json, by the ending of `path`."""
    listed = items(count, seed=seed)
    sheets: dict[str, list[dict[str, str]]] = {"事项": listed, "问题": questions(listed, asked, seed=seed)}
    if path.suffix == ".json":
        path.write_text(json.dumps({"items": sheets["事项"], "questions": sheets["问题"]}, ensure_ascii=False), encoding="utf-8")
        return path
    return sheet(path, *_table(sheets["事项"]), questions=tuple(_table(sheets["问题"])))


def sheet(path: Path, *rows: list[Any], questions: tuple[list[Any], ...] = ()) -> Path:
    """Write a workbook with these rows, headers and all."""
    book = Workbook(write_only=True)
    for name, filled in (("事项", rows), ("问题", questions)):
        if filled:
            page = book.create_sheet(name)
            for row in filled:
                page.append(row)
    book.save(path)
    return path


def _table(rows: Sequence[dict[str, str]]) -> Iterator[list[Any]]:
    if rows:
        yield list(rows[0])
    yield from (list(row.values()) for row in rows)


def _names(chance: random.Random) -> Iterator[tuple[str, str]]:
    known = [(department, name) for department, names in KNOWN.items() for name in names.split()]
    composed = [
        (department, f"{thing}{service}")
        for department, things in OBJECTS.items()
        for thing in things.split()
        for service in SERVICES
    ]
    chance.shuffle(composed)
    yield from known
    for case in CASES:
        yield from ((department, name + case) for department, name in composed)
    raise ValueError("there are not so many different names")


def _item(n: int, department: str, name: str, chance: random.Random) -> dict[str, str]:
    area = f"0{chance.randint(900, 999)}-{chance.randint(2_000_000, 8_999_999)}"
    needed = ["申请表", *chance.sample(MATERIALS[1:], chance.randint(1, 6))]
    days = chance.randint(1, 20)
    listed = (
        f"11{chance.randint(10**9, 10**10 - 1)}{n:06d}",
        name,
        f"{CITY}{department}",
        "；".join(chance.sample(CONDITIONS, 3)),
        "\n".join(f"{number}.{material}" for number, material in enumerate(needed, 1)),
        f"{days + chance.randint(0, 20)}个工作日",
        "即办" if days == 1 else f"{days}个工作日",
        chance.choice(("不收费", "不收费", "不收费", f"每证{chance.randint(5, 120)}元")),
        f"{CITY}{chance.choice(STREETS)}{chance.randint(1, 300)}号政务服务中心{chance.randint(1, 5)}楼",
        "周一至周五 9:00-12:00，13:00-17:00（法定节假日除外）",
        area,
        "12345",
    )
    return dict(zip(HEADERS, listed))


def main() -> None:
    """Write a list as the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--items", type=int, default=15_000)
    parser.add_argument("--questions", type=int, default=3_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    write(given.out, count=given.items, asked=given.questions, seed=given.seed)


if __name__ == "__main__":
    main()
