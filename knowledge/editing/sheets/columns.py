"""The one description of every sheet: its columns, what a cell may hold, and what an editor is told about it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, Literal, Mapping

Kind = Literal[
    "text", "token", "list", "whole", "yes", "day", "choice", "choices", "region", "place", "material", "source", "when"
]


@dataclass(frozen=True)
class Column:
    """One column: header, field of the value, kind of cell; `empty` is what a blank cell means, `choices` field value → label."""

    header: str
    field: str
    kind: Kind
    help: str
    required: bool = False
    empty: Any = None
    choices: Mapping[str, str] = dataclasses.field(default_factory=dict)
    width: int = 16


@dataclass(frozen=True)
class Table:
    """One sheet: `part` is the field of Matter or Guide it fills, `key` the fields that tell its rows apart."""

    title: str
    part: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ("region", "id")
    of: Literal["matter", "guide"] = "guide"

    def column(self, field: str) -> Column:
        """Return the column that holds `field`."""
        return next(column for column in self.columns if column.field == field)


INSTRUCTIONS = "填表说明"
LISTS = "选单"
CODE = Column("一件事代码", "code", "token", "这件事的代码，不要改。", required=True, width=18)
MATTER_NAME = Column("一件事名称", "name", "text", "只为看得清楚，导入时不读这一列。", width=18)
VERSION = "导出时的版本"

ASPECTS = {
    "overview": "总体介绍", "materials": "材料", "process": "流程", "eligibility": "条件", "time_limit": "时限",
    "fee": "费用", "location": "地点", "online": "网上办", "result": "结果",
}
UNITS = {"working_day": "工作日", "day": "自然日", "month": "个月", "year": "年", "unknown": "没写"}

PLACE = Column("地方", "region", "place", "写“地方”表里有的地方，如 430000 湖南省；全国写 000000 全国。", required=True, width=18)
ID = Column("编号", "id", "token", "同一地方、同一张表里不重复；小写字母、数字、横线。下级地方写同样的编号，就是替换上级的那一行。", required=True, width=20)
WHEN = Column("适用条件", "when", "when", "空着=人人适用。写法：问题代号=选项代号，几个条件用“;”隔开，几个选项用“|”隔开；“或者”另起一行。", empty=(), width=26)
TAIL = (
    WHEN,
    Column("依据", "source", "source", "“依据”表里的编号；没有依据就空着，会显示为未核实。", width=22),
    Column("未核实", "unverified", "yes", "有依据但拿不准的，选“是”。", empty=False, width=9),
    Column("从哪天起", "effective_from", "day", "和整份指南同一天的不用写。", width=13),
    Column("到哪天止", "effective_to", "day", "一直有效的不用写。", width=13),
)
WORDS = Column("别的说法", "words", "list", "一行写一个；换行按 Alt+Enter。", empty=(), width=28)


def _whole(header: str, field: str, help: str) -> Column:
    return Column(header, field, "whole", help, width=11)


LINES = (
    Table("事项", "items", "一件事里各部门的单项服务。", (
        PLACE, ID,
        Column("名称", "name", "text", "事项的名称。", required=True, width=32),
        Column("部门", "department", "text", "哪个部门办。"),
        _whole("天数", "days", "只写数字；没写就空着。"),
        Column("天数单位", "unit", "choice", "从下拉里选；没写就选“没写”。", empty="unknown", choices=UNITS, width=11),
        _whole("法定天数", "statutory_days", "法律规定最多几天，只写数字。"),
        Column("办成得到什么", "result", "text", "比如《出生医学证明》。", width=24),
        *TAIL,
    )),
    Table("材料要求", "requirements", "要交哪些材料、什么情况下要。", (
        PLACE, ID,
        Column("材料", "material", "material", "“材料名录”里的编号，后面可以带名称。", required=True, width=28),
        Column("形式", "kind", "choice", "指南没写就空着。", choices={"original": "原件", "copy": "复印件", "both": "原件和复印件", "form": "填表"}, width=13),
        _whole("份数", "copies", "只写数字；没写就空着。"),
        Column("要不要交", "needed", "choice", "从下拉里选。", empty="required", choices={"required": "必交", "later": "可后补", "optional": "可选"}, width=11),
        _whole("可后补几天", "later_days", "选了“可后补”才写，只写数字。"),
        Column("免交", "exempt", "choice", "不用交的，选原因；要交就空着。", choices={"e-licence": "有电子证照", "data": "部门核对数据", "system-form": "系统自动生成"}, width=14),
        Column("为什么要", "reason", "text", "对着“您”说的一句大白话。", required=True, width=40),
        Column("备注", "note", "text", "另外要提醒的话。", width=28),
        *TAIL,
    )),
    Table("步骤", "steps", "一步一步怎么办，按先后排。", (
        PLACE, ID,
        Column("渠道", "channel", "choice", "从下拉里选。", required=True, choices={"window": "窗口", "online": "网上", "hotline": "电话"}, width=9),
        Column("内容", "text", "text", "这一步做什么。", required=True, width=48),
        Column("在哪里", "where", "text", "哪个窗口、哪个网站或 APP。", width=28),
        *TAIL,
    )),
    Table("时限", "time_limits", "整件事要多少天。", (
        PLACE, ID,
        _whole("天数", "days", "只写数字；没写就空着。"),
        Column("天数单位", "unit", "choice", "从下拉里选；没写就选“没写”。", empty="unknown", choices=UNITS, width=11),
        Column("从何时算", "starts", "choice", "从下拉里选。", choices={"accepted": "受理", "submitted": "提交", "event": "事情发生"}, width=11),
        _whole("法定天数", "statutory_days", "法律规定最多几天，只写数字。"),
        Column("内容", "text", "text", "要多说一句的话。", width=40),
        *TAIL,
    )),
    Table("费用", "fees", "要不要钱、多少钱。", (
        PLACE, ID,
        Column("是否免费", "free", "yes", "没写就空着。", width=11),
        Column("内容", "text", "text", "一句话说清费用。", required=True, width=40),
        *TAIL,
    )),
    Table("办理点", "offices", "去哪里办。", (
        PLACE, ID,
        Column("名称", "name", "text", "窗口或单位的名称。", required=True, width=30),
        Column("地址", "address", "text", "没查到就空着，不要猜。", width=30),
        Column("电话", "phone", "text", "没查到就空着，不要猜。", width=18),
        Column("时间", "hours", "text", "几点到几点。", width=24),
        *TAIL,
    )),
    Table("说明", "notes", "关于某个方面的一句话。", (
        PLACE, ID,
        Column("方面", "aspect", "choice", "这句话说的是哪方面。", required=True, choices=ASPECTS, width=11),
        Column("内容", "text", "text", "对着“您”说的话，短、白。", required=True, width=52),
        Column("办不了", "blocks", "yes", "符合“适用条件”的人办不了，选“是”。", empty=False, width=9),
        Column("类别", "about", "choice", "多数不用选。", choices={"refusal": "常被退回", "delivery": "结果怎么领", "cross_region": "跨省异地"}, width=13),
        *TAIL,
    )),
    Table("不归这里管", "elsewhere", "大家常以为归这件事管、其实不归的。", (
        PLACE, ID,
        Column("问法", "asks", "list", "大家怎么问，一行写一个。", required=True, empty=(), width=36),
        Column("内容", "text", "text", "告诉他该去哪里。", required=True, width=48),
        Column("归哪件事", "to", "text", "归另一件已收录的事的，写它的代码；不然空着。", width=18),
        *TAIL,
    )),
    Table("常见问题", "faqs", "常见的问题和回答。", (
        PLACE, ID,
        Column("问法", "asks", "list", "大家怎么问，一行写一个。", required=True, empty=(), width=36),
        Column("回答", "answer", "text", "回答。", required=True, width=52),
        Column("方面", "aspect", "choice", "问的是哪方面；拿不准就空着。", choices=ASPECTS, width=11),
        *TAIL,
    )),
)

MATTER = Table("办事指南信息", "matter", "这件事叫什么、大家怎么问。", (
    Column("代码", "code", "token", "定了就不再改；小写字母、数字、下划线。写一个没有的代码，就是新的一件事。", required=True, width=22),
    Column("名称", "name", "text", "一件事的名称。", required=True, width=22),
    Column("对象", "audience", "choice", "谁来办。", required=True, choices={"person": "个人", "business": "企业", "both": "个人和企业"}, width=12),
    Column("阶段", "stage", "text", "比如 出生、开办。", width=12),
    Column("一句话说明", "summary", "text", "这件事是什么。", required=True, width=44),
    Column("别名", "aliases", "list", "别的叫法，一行写一个。", empty=(), width=28),
    Column("常见问法", "questions", "list", "大家自己的话怎么问，一行写一个。", required=True, empty=(), width=56),
), key=("code",), of="matter")

GUIDES = Table("地方", "guides", "哪些地方有自己的指南；全国的写 000000 全国。", (
    Column("地方", "region", "region", "六位代码，后面可以带名称；全国写 000000。", required=True, width=24),
    Column("从哪天起", "effective_from", "day", "从哪天起按这份指南办。", required=True, width=13),
    Column("到哪天止", "effective_to", "day", "一直有效的不用写。", width=13),
    Column("可作参考", "reference", "yes", "没有自己指南的地方可以参考它，选“是”。", empty=False, width=11),
    Column("完整的部分", "whole", "choices", "哪几张表在这里是写全了的，一行写一张表的名字。", empty=(), choices={table.part: table.title for table in LINES}, width=16),
    Column("网上入口", "entry", "text", "从哪个 APP 或网站进。", width=32),
    Column("不适用的行", "drops", "list", "上级的哪些编号在这里不适用，一行写一个。", empty=(), width=28),
), key=("region",), of="matter")

QUESTIONS = Table("情形问题", "situations", "问了才知道要交什么的问题，最要紧的排前面。", (
    Column("问题代号", "key", "token", "适用条件里用的代号；小写字母、数字、下划线。", required=True, width=18),
    Column("问题", "ask", "text", "怎么问，对着“您”说。", required=True, width=44),
    WHEN,
), key=("key",), of="matter")
OPTIONS = Table("情形选项", "options", "每个问题有哪些选项；没有“问题代号”就没法用。", (
    Column("问题代号", "key", "token", "“情形问题”表里有的代号。", required=True, width=18),
    Column("选项代号", "value", "token", "适用条件里用的代号；小写字母、数字、下划线。", required=True, width=18),
    Column("选项", "text", "text", "给人看的选项。", required=True, width=30),
    WORDS,
), key=("key", "value"), of="matter")
MATERIALS = Table("材料名录", "materials", "材料本身：叫什么、哪里办。", (
    Column("编号", "id", "token", "不重复；小写字母、数字、下划线。", required=True, width=26),
    Column("名称", "name", "text", "材料的名称。", required=True, width=30),
    Column("出具单位", "issuer", "text", "谁开的。", width=22),
    Column("哪里办", "where_to_get", "text", "没有的话，去哪里办。", width=34),
    WORDS,
), key=("id",), of="matter")
SOURCES = Table("依据", "sources", "每一句话的出处。", (
    Column("编号", "id", "token", "不重复；小写字母、数字、横线。", required=True, width=24),
    Column("标题", "title", "text", "文件或网页的标题。", required=True, width=48),
    Column("发布单位", "issuer", "text", "谁发的。", width=22),
    Column("文号", "number", "text", "比如 国办函〔2024〕53号。", width=22),
    Column("日期", "date", "text", "文件上的日期，知道到哪写到哪：2024、2024-07、2024-07-01。", width=13),
    Column("网址", "url", "text", "官方网址。", width=28),
    Column("适用地方", "scope", "region", "哪个地方的规定；全国的写 000000 全国。", required=True, width=20),
    Column("可信等级", "level", "choice", "A：读过法律或官方原文；B：转载、报道。", required=True, choices={"A": "A 读过原文", "B": "B 转载报道"}, width=13),
    Column("核对日期", "verified_on", "day", "哪天读的原文。", width=13),
    Column("复核期限", "review_by", "day", "哪天以前要再核对；空着就是核对后一年。", width=13),
    Column("备注", "note", "text", "给编辑自己看的。", width=28),
), key=("id",), of="matter")
CONTRADICTIONS = Table("矛盾", "contradictions", "几处说法不一样的地方，一种说法写一行，编号写同一个。", (
    Column("编号", "id", "token", "同一处矛盾的几行写同一个编号。", required=True, width=20),
    Column("说法", "text", "text", "其中一种说法。", width=48),
    Column("依据", "source", "source", "这种说法的依据。", width=22),
    Column("对外怎么说", "shown", "text", "告诉办事人的稳妥说法；同一编号的几行写一样的。", required=True, width=48),
), key=("id",), of="matter")

# In the order of the sheets of a workbook.
TABLES = (MATTER, GUIDES, *LINES, QUESTIONS, OPTIONS, MATERIALS, SOURCES, CONTRADICTIONS)
BY_TITLE = {table.title: table for table in TABLES}
