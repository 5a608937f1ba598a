"""Letters and characters that languages often use, and the encodings in which they are written."""

from __future__ import annotations

#: The small letters beyond ASCII of languages with Latin letters, the most frequent ones first.
LATIN = {
    "German": "üäöß",
    "French": "éèàêçôîûùâïëœ",
    "Spanish": "óíáéñúü",
    "Portuguese": "ãáçéíóêõâúàô",
    "Italian": "àèùòéì",
    "Nordic": "åäöøæé",
    "Icelandic": "áíðéóöúþýæ",
    "Western": "üéäöáíóàèçñåâêôøßãúëîïòùûæœõìýðþ",
    "Polish": "łóążęśćńź",
    "Czech": "íáéěřšýžčůúóťďňľäôĺŕ",
    "Hungarian": "áéöőóíüúű",
    "Croatian": "čšžćđ",
    "Romanian": "ăâîşţ",
    "Central": "óíáéłąžěčšřýęśćůúöüżäńőťźďňđăâîşţľűôß",
    "Turkish": "ıüşğçöiâî",
    "Lithuanian": "ėšųžįąčęū",
    "Latvian": "āīšēžļūņčģķ",
    "Estonian": "äõüöšž",
}

#: The same of languages with other letters.
OTHERS = {
    "Russian": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфёъ",
    "Ukrainian": "оаинвіетрсклудмпязьбгчйхжцюшїєщфґё",
    "Greek": "αοιετσνηυρπκμλςάίόέήύώδχθγφβξζψϊϋ",
    "Hebrew": "יוהלארמבתנשכדםעקפחצזטגסןךףץ",
    "Arabic": "الينمتربودسعكهفقحجةشصطضخذغثظزءأإآىئؤ",
}

#: Chinese characters that are frequent in tables and texts, of mainland China and of Taiwan.
CHINESE = (
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可"
    "里后小么心多天而能好都然没日于起还发成事只作当看文开手十用主行方又如前所本见经头面公同三已老从"
    "动两长知民样现分将外但身些与高意进把法实回二理美点月明其种声全工己话向情部正名定女问力机给等几"
    "编号姓性别称期金额数量单价格地址电话城市省区县街路备注客户产品类型状态日期时间有效否男北京上海广"
    "州南东西海江山河张王李刘陈杨赵黄周吴合计销售订总税元件型规负责门店员司限股份保险银行账款付收入支"
)
TAIWANESE = (
    "的一是不了在人有我他這中大來上國個到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可"
    "里後小麼心多天而能好都然沒日於起還發成事只作當看文開手十用主行方又如前所本見經頭面公同三已老從"
    "動兩長知民樣現分將外但身些與高意進把法實回二理美點月明其種聲全工己話向情部正名定女問力機給等幾"
    "編號姓性別稱期金額數量單價格址電城市省區縣街路備註客戶產品類型狀態間效否男北台臺灣新竹高雄張王李"
    "劉陳楊趙黃周吳林蔡合計銷售訂總稅元件規負責門店員司限股份保險銀行帳款付收入支"
)
JAPANESE = (
    "年月日時分名番号県市区町村東京大阪山田中本社部課長員氏住所電話金額数量価格商品料合計税込店会株式有"
    "限登録更新入出荷納期間開始終了男女齢性別生前後上下一二三四五六七八九十百千万円人国地方学校高小第的"
    "用者事業目内外子行来食水火木土曜北南西海道府都川島原野藤佐鈴橋渡辺伊加吉井石林森池英太郎花美備考売"
    "営経理総務発開技術製造在庫先顧客様担当請求支払銀口座明細単位比率平均最注文書種類区状態有無可否済未"
)
KOREAN = (
    "이다는에의가을를은지고하기서사도로한인나리자어아라시대수전정보해일게스제조장과만것그들부원주상성여년구"
    "안비경김박최강윤임오신권황송유홍남동북울산광회번호명름소화격금액날짜등록량합계품코드월분개민영철희준현"
    "진우미선연용재관공국세무통우편발생계약고객업체담당결과매출입출마감예아니오사용여부학교직급"
)

#: Encodings of one byte for each character: how much less usual each is, and whose letters it has.
ONE_BYTE: dict[str, tuple[float, tuple[str, ...]]] = {
    "windows-1252": (
        0.0,
        ("German", "French", "Spanish", "Portuguese", "Italian", "Nordic", "Icelandic", "Western"),
    ),
    "windows-1250": (
        2.0,
        ("Polish", "Czech", "Hungarian", "Croatian", "Romanian", "Central", "German"),
    ),
    "windows-1251": (2.0, ("Russian", "Ukrainian")),
    "windows-1253": (3.0, ("Greek",)),
    "windows-1254": (2.0, ("Turkish", "German")),
    "windows-1255": (4.0, ("Hebrew",)),
    "windows-1256": (4.0, ("Arabic",)),
    "windows-1257": (3.0, ("Lithuanian", "Latvian", "Estonian", "German")),
    "iso-8859-2": (
        4.0,
        ("Polish", "Czech", "Hungarian", "Croatian", "Romanian", "Central", "German"),
    ),
    "iso-8859-5": (6.0, ("Russian", "Ukrainian")),
    "koi8-r": (4.0, ("Russian",)),
    "cp850": (
        4.0,
        ("German", "French", "Spanish", "Portuguese", "Italian", "Nordic", "Icelandic", "Western"),
    ),
    "cp437": (5.0, ("German", "French", "Spanish", "Italian", "Western")),
    "cp852": (
        5.0,
        ("Polish", "Czech", "Hungarian", "Croatian", "Romanian", "Central", "German"),
    ),
    "cp857": (5.0, ("Turkish", "German")),
    "cp866": (4.0, ("Russian",)),
    "mac_cyrillic": (7.0, ("Russian", "Ukrainian")),
    "macintosh": (
        5.0,
        ("German", "French", "Spanish", "Portuguese", "Italian", "Nordic", "Western"),
    ),
}

#: Encodings of several bytes for each character, the same way.
SEVERAL_BYTES: dict[str, tuple[float, str]] = {
    "shift_jis": (3.0, JAPANESE),
    "cp932": (3.5, JAPANESE),
    "euc-jp": (5.0, JAPANESE),
    "gb18030": (3.0, CHINESE),
    "big5": (3.0, TAIWANESE),
    "euc-kr": (3.0, KOREAN),
    "cp949": (3.5, KOREAN),
}
