PRAGMA application_id = 1514625620;
PRAGMA user_version = 5;
BEGIN TRANSACTION;
CREATE TABLE blob (
    sha256 TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    have INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE conflict (
    row BLOB NOT NULL,
    field TEXT NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (row, field)
) WITHOUT ROWID;
INSERT INTO "conflict" VALUES(X'286D324FBB0F525C8B180AA3D04EABF1','deadline','proposal');
CREATE TABLE "deadline_change" (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, owner BLOB NOT NULL, created INTEGER NOT NULL, person TEXT NOT NULL, problem BLOB, old TEXT, new TEXT, reason TEXT, unit_opinion TEXT, approver TEXT, doc_no TEXT, "on" TEXT, corrects BLOB, void TEXT);
CREATE TABLE "doc_number" (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, owner BLOB NOT NULL, created INTEGER NOT NULL, person TEXT NOT NULL, prefix TEXT, year INTEGER, number INTEGER, title TEXT, paper TEXT, problem BLOB, "on" TEXT, reason TEXT, void TEXT);
INSERT INTO "doc_number" VALUES(1,X'01A2062DE200753A991C1093884917D1',X'01A2062DE20079A4BE1E70BCC951A480',117663334400000010,'李四','蒸样委',2026,7,'关于申请销号的请示','closure_request',X'286D324FBB0F525C8B180AA3D04EABF1','2026-11-03','区委办统一编号',NULL);
INSERT INTO "doc_number" VALUES(2,X'01A2062DE20079EEB002964994D016E4',X'01A2062DE20079A4BE1E70BCC951A480',117663334400000011,'李四','蒸样委',2026,8,NULL,'closure_request',X'286D324FBB0F525C8B180AA3D04EABF1','2026-11-03',NULL,'没有印发');
CREATE TABLE "evidence" (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, owner BLOB NOT NULL, created INTEGER NOT NULL, person TEXT NOT NULL, problem BLOB, measure BLOB, name TEXT, sha256 TEXT, size INTEGER, media_type TEXT, item TEXT, gate TEXT, taken_on TEXT, place TEXT, note TEXT, pages INTEGER, added_on TEXT, corrects BLOB, void TEXT, maker TEXT, is_copy INTEGER);
INSERT INTO "evidence" VALUES(1,X'01A2062DE2007A9AAB70E3516C3DA600',X'01A2062DE20079A4BE1E70BCC951A480',117663334400000009,'李四',X'286D324FBB0F525C8B180AA3D04EABF1',NULL,'照片.jpg','abababababababababababababababababababababababababababababababab',7,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'区住建局',0);
CREATE TABLE file_text (
    sha256 TEXT PRIMARY KEY,
    text TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE "holiday" (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, owner BLOB NOT NULL, created INTEGER NOT NULL, person TEXT NOT NULL, year INTEGER, off TEXT, work TEXT, source TEXT, confirmed INTEGER);
CREATE TABLE "inspection" (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, owner BLOB NOT NULL, created INTEGER NOT NULL, person TEXT NOT NULL, name TEXT, level TEXT, source TEXT, kind TEXT, round_no INTEGER, feedback_on TEXT, void TEXT);
INSERT INTO "inspection" VALUES(1,X'57402549F5B2560BAF70425816456746',X'01A2062DE20079A4BE1E70BCC951A480',117663334400000001,'张三','样例督察','province',NULL,NULL,2,NULL,NULL);
CREATE TABLE "measure" (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, owner BLOB NOT NULL, created INTEGER NOT NULL, person TEXT NOT NULL, problem BLOB, number INTEGER, text TEXT, due TEXT, quantity INTEGER, quantity_of INTEGER, quantity_unit TEXT, void TEXT);
INSERT INTO "measure" VALUES(1,X'C69CE36EB40E58C898ABFFF8DB70E73C',X'01A2062DE20079A4BE1E70BCC951A480',117663334400000006,'张三',X'286D324FBB0F525C8B180AA3D04EABF1',1,'改造管网',NULL,6,8,NULL,NULL);
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO "meta" VALUES('clock','117663334400000018');
INSERT INTO "meta" VALUES('made','1795400000000');
INSERT INTO "meta" VALUES('office','01a2062de20079a4be1e70bcc951a480');
CREATE TABLE "office" (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, owner BLOB NOT NULL, created INTEGER NOT NULL, person TEXT NOT NULL, name TEXT, district TEXT, region TEXT, unit BLOB, parent BLOB);
INSERT INTO "office" VALUES(1,X'01A2062DE20079A4BE1E70BCC951A480',X'01A2062DE20079A4BE1E70BCC951A480',117663334400000000,'张三','蒸样区整改办','蒸样区','hengyang',NULL,NULL);
CREATE TABLE office_key (
    key_id BLOB PRIMARY KEY,
    office BLOB NOT NULL,
    name TEXT NOT NULL,
    parent BLOB,
    sign TEXT NOT NULL,
    age TEXT NOT NULL,
    state TEXT NOT NULL,
    since TEXT NOT NULL,
    how TEXT NOT NULL,
    card TEXT
) WITHOUT ROWID;
INSERT INTO "office_key" VALUES(X'C0C0C0C0C0C0C0C0C0C0C0C0C0C0C0C0',X'0192F3A4B5C67000800000000000000B','云陂镇',NULL,'abababababababababababababababababababababababababababababababab','age1example','active','2026-11-06','确认单1号',NULL);
CREATE TABLE op (
    lsn INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    row BLOB NOT NULL,
    scope BLOB,
    hlc INTEGER NOT NULL,
    office BLOB NOT NULL,
    day TEXT NOT NULL,
    seal INTEGER,
    body TEXT,
    stub TEXT,
    CHECK (body IS NOT NULL OR stub IS NOT NULL)
);
INSERT INTO "op" VALUES(1,X'7230CD72A594E5E3D45D1186FC9CF1AB69F8162D',X'01A2062DE20079A4BE1E70BCC951A480',NULL,117663334400000000,X'01A2062DE20079A4BE1E70BCC951A480','2026-11-02',1,'{"b":{},"f":{"district":"蒸样区","name":"蒸样区整改办","region":"hengyang"},"h":117663334400000000,"k":"new","n":"fc2f8bf33bd00683","o":"01a2062de20079a4be1e70bcc951a480","p":"张三","r":"01a2062de20079a4be1e70bcc951a480","s":"shared","t":"office","v":1}',NULL);
INSERT INTO "op" VALUES(2,X'9FB3A0F6DE42920BFC915BC78BB549EA3E2A7F83',X'57402549F5B2560BAF70425816456746',NULL,117663334400000001,X'01A2062DE20079A4BE1E70BCC951A480','2026-11-02',1,'{"b":{},"f":{"level":"province","name":"样例督察","round_no":2},"h":117663334400000001,"k":"new","n":"97c7aea590ff28dc","o":"01a2062de20079a4be1e70bcc951a480","p":"张三","r":"57402549f5b2560baf70425816456746","s":"shared","t":"inspection","v":1}',NULL);
INSERT INTO "op" VALUES(3,X'28B473461459065659638EEEAED7D51781EDDF64',X'D8A9B18F62A552E58220E2FC189DF59F',NULL,117663334400000002,X'01A2062DE20079A4BE1E70BCC951A480','2026-11-02',NULL,'{"b":{},"f":{"doc_no":"蒸样办发(2026)3号","inspection":"57402549f5b2560baf70425816456746","title":"样例整改方案"},"h":117663334400000002,"k":"new","n":"4992f4f38468461a","o":"01a2062de20079a4be1e70bcc951a480","p":"张三","r":"d8a9b18f62a552e58220e2fc189df59f","s":"shared","t":"plan","v":1}',NULL);
INSERT INTO "op" VALUES(4,X'1F111CAEF3CF452697044CC7ED4E35EE9C6155FC',X'15A53B487CF0548395361F5734F41A0F',NULL,117663334400000003,X'01A2062DE20079A4BE1E70BCC951A480','2026-11-02',NULL,'{"b":{},"f":{"name":"区住建局","rank":10},"h":117663334400000003,"k":"new","n":"cbac55e2222d2939","o":"01a2062de20079a4be1e70bcc951a480","p":"张三","r":"15a53b487cf0548395361f5734f41a0f","s":"shared","t":"unit","v":1}',NULL);
INSERT INTO "op" VALUES(5,X'F61471E3D162A38841FE7951A66F725FE45E4B68',X'286D324FBB0F525C8B180AA3D04EABF1',X'286D324FBB0F525C8B180AA3D04EABF1',117663334400000004,X'01A2062DE20079A4BE1E70BCC951A480','2026-11-02',NULL,'{"b":{},"f":{"deadline":"2026-12-31","inspection":"57402549f5b2560baf70425816456746","leaders":["李四"],"number":5,"plan":"d8a9b18f62a552e58220e2fc189df59f","term_class":"dated","text":"𠮷祥路雨污未分流"},"h":117663334400000004,"k":"new","n":"821412e51d25dd99","o":"01a2062de20079a4be1e70bcc951a480","p":"张三","r":"286d324fbb0f525c8b180aa3d04eabf1","s":"286d324fbb0f525c8b180aa3d04eabf1","t":"problem","v":1}',NULL);
INSERT INTO "op" VALUES(6,X'A38149725E6067F40377F934A80B1F8E9FF814D5',X'7B0C08A6644D59219987CD1CDF2AFEC5',X'286D324FBB0F525C8B180AA3D04EABF1',117663334400000005,X'01A2062DE20079A4BE1E70BCC951A480','2026-11-02',NULL,'{"b":{},"f":{"active":true,"position":0,"problem":"286d324fbb0f525c8b180aa3d04eabf1","role":"lead","unit":"15a53b487cf0548395361f5734f41a0f"},"h":117663334400000005,"k":"new","n":"0495199fe9a67a8e","o":"01a2062de20079a4be1e70bcc951a480","p":"张三","r":"7b0c08a6644d59219987cd1cdf2afec5","s":"286d324fbb0f525c8b180aa3d04eabf1","t":"problem_unit","v":1}',NULL);
INSERT INTO "op" VALUES(7,X'BA3D8D1C31FF962155AF8CAA6ACE6C4CDF86A536',X'C69CE36EB40E58C898ABFFF8DB70E73C',X'286D324FBB0F525C8B180AA3D04EABF1',117663334400000006,X'01A2062DE20079A4BE1E70BCC951A480','2026-11-02',NULL,'{"b":{},"f":{"number":1,"problem":"286d324fbb0f525c8b180aa3d04eabf1","quantity":6,"quantity_of":8,"text":"改造管网"},"h":117663334400000006,"k":"new","n":"e26bad6b75288bc8","o":"01a2062de20079a4be1e70bcc951a480","p":"张三","r":"c69ce36eb40e58c898abfff8db70e73c","s":"286d324fbb0f525c8b180aa3d04eabf1","t":"measure","v":1}',NULL);
INSERT INTO "op" VALUES(8,X'7A9B8B4757252390E3A92B5957A856C61BB4AE64',X'01A2062DE2007FDE9392165F3D8CA7D7',X'286D324FBB0F525C8B180AA3D04EABF1',117663334400000007,X'01A2062DE20079A4BE1E70BCC951A480','2026-11-03',NULL,'{"b":{},"f":{"measure":"c69ce36eb40e58c898abfff8db70e73c","month":"2026-11","on":"2026-11-03","percent":50,"problem":"286d324fbb0f525c8b180aa3d04eabf1","text":"完成五成"},"h":117663334400000007,"k":"new","n":"799a04bbe975cdc6","o":"01a2062de20079a4be1e70bcc951a480","p":"李四","r":"01a2062de2007fde9392165f3d8ca7d7","s":"286d324fbb0f525c8b180aa3d04eabf1","t":"progress","v":1}',NULL);
INSERT INTO "op" VALUES(9,X'50A80135A5FAE45B54DA0520B65701686054EDB1',X'01A2062DE2007F34A3C429E9AB7D43C0',X'286D324FBB0F525C8B180AA3D04EABF1',117663334400000008,X'01A2062DE20079A4BE1E70BCC951A480','2026-11-03',NULL,'{"b":{},"f":{"claimed":"达到序时进度","corrects":"01a2062de2007fde9392165f3d8ca7d7","expected_on":"2026-12-20","measure":"c69ce36eb40e58c898abfff8db70e73c","month":"2026-11","on":"2026-11-03","percent":40,"problem":"286d324fbb0f525c8b180aa3d04eabf1","reporter":"赵六","text":"完成四成","unit":"15a53b487cf0548395361f5734f41a0f"},"h":117663334400000008,"k":"new","n":"fa18e8c5e63a2696","o":"01a2062de20079a4be1e70bcc951a480","p":"李四","r":"01a2062de2007f34a3c429e9ab7d43c0","s":"286d324fbb0f525c8b180aa3d04eabf1","t":"progress","v":1}',NULL);
INSERT INTO "op" VALUES(10,X'8F3CF8A8B3D0114F3D1B3E032E74EF164C79689B',X'01A2062DE2007A9AAB70E3516C3DA600',X'286D324FBB0F525C8B180AA3D04EABF1',117663334400000009,X'01A2062DE20079A4BE1E70BCC951A480','2026-11-03',NULL,'{"b":{},"f":{"is_copy":false,"maker":"区住建局","name":"照片.jpg","problem":"286d324fbb0f525c8b180aa3d04eabf1","sha256":"abababababababababababababababababababababababababababababababab","size":7},"h":117663334400000009,"k":"new","n":"ec7d3c9d714eaa14","o":"01a2062de20079a4be1e70bcc951a480","p":"李四","r":"01a2062de2007a9aab70e3516c3da600","s":"286d324fbb0f525c8b180aa3d04eabf1","t":"evidence","v":1}',NULL);
INSERT INTO "op" VALUES(11,X'7D1EF4457B1862A84A21E611877F08189A2E19B3',X'01A2062DE200753A991C1093884917D1',NULL,117663334400000010,X'01A2062DE20079A4BE1E70BCC951A480','2026-11-03',NULL,'{"b":{},"f":{"number":7,"on":"2026-11-03","paper":"closure_request","prefix":"蒸样委","problem":"286d324fbb0f525c8b180aa3d04eabf1","reason":"区委办统一编号","title":"关于申请销号的请示","year":2026},"h":117663334400000010,"k":"new","n":"3ae9191952941c73","o":"01a2062de20079a4be1e70bcc951a480","p":"李四","r":"01a2062de200753a991c1093884917d1","s":"shared","t":"doc_number","v":1}',NULL);
INSERT INTO "op" VALUES(12,X'BD503444129F43F76AD01D4929F69FD6619C752C',X'01A2062DE20079EEB002964994D016E4',NULL,117663334400000011,X'01A2062DE20079A4BE1E70BCC951A480','2026-11-03',NULL,'{"b":{},"f":{"number":8,"on":"2026-11-03","paper":"closure_request","prefix":"蒸样委","problem":"286d324fbb0f525c8b180aa3d04eabf1","year":2026},"h":117663334400000011,"k":"new","n":"61d467af776e837d","o":"01a2062de20079a4be1e70bcc951a480","p":"李四","r":"01a2062de20079eeb002964994d016e4","s":"shared","t":"doc_number","v":1}',NULL);
INSERT INTO "op" VALUES(13,X'090394495F47BFE1BDD8D50A65CE9815E59878BC',X'01A2062DE20079EEB002964994D016E4',NULL,117663334400000012,X'01A2062DE20079A4BE1E70BCC951A480','2026-11-03',NULL,'{"b":{},"f":{"void":"没有印发"},"h":117663334400000012,"k":"set","n":"116fecad0e957150","o":"01a2062de20079a4be1e70bcc951a480","p":"李四","r":"01a2062de20079eeb002964994d016e4","s":"shared","t":"doc_number","v":1}',NULL);
INSERT INTO "op" VALUES(14,X'F1EC02C9AAA2865042F915C4E380EA1AF2ECC2C1',X'01A2062DE200704891352D0AB0656340',X'286D324FBB0F525C8B180AA3D04EABF1',117663334400000013,X'01A2062DE20079A4BE1E70BCC951A480','2026-11-03',NULL,'{"b":{},"f":{"doc_no":"蒸样委〔2026〕7号","file":"销号请示_问题5.pdf","is_draft":false,"key":"closure_request","lsn":12,"name":"销号请示","on":"2026-11-03","pages":3,"problem":"286d324fbb0f525c8b180aa3d04eabf1","sha256":"abababababababababababababababababababababababababababababababab","size":7},"h":117663334400000013,"k":"new","n":"c91a00590889dbfa","o":"01a2062de20079a4be1e70bcc951a480","p":"李四","r":"01a2062de200704891352d0ab0656340","s":"286d324fbb0f525c8b180aa3d04eabf1","t":"paper","v":1}',NULL);
INSERT INTO "op" VALUES(15,X'4A299BB0150AEC6E1C31A43669A6F31D7AD60627',X'01A2062DE2007983B8FF0CBDE7ED4C5B',X'286D324FBB0F525C8B180AA3D04EABF1',117663334400000014,X'01A2062DE20079A4BE1E70BCC951A480','2026-11-03',NULL,'{"b":{},"f":{"doc_no":"蒸样委〔2026〕7号","evidence":"01a2062de2007a9aab70e3516c3da600","name":"销号请示.jpg","paper":"01a2062de200704891352d0ab0656340","position":1,"problem":"286d324fbb0f525c8b180aa3d04eabf1","sha256":"abababababababababababababababababababababababababababababababab"},"h":117663334400000014,"k":"new","n":"e0621dceca1c5860","o":"01a2062de20079a4be1e70bcc951a480","p":"李四","r":"01a2062de2007983b8ff0cbde7ed4c5b","s":"286d324fbb0f525c8b180aa3d04eabf1","t":"paper_scan","v":1}',NULL);
INSERT INTO "op" VALUES(16,X'AA8D992C4468229B6D60C05109A308DD220645B5',X'01A2062DE2007B76A9FF68E2F7BE7A83',X'286D324FBB0F525C8B180AA3D04EABF1',117663334400000015,X'01A2062DE20079A4BE1E70BCC951A480','2026-11-03',NULL,'{"b":{},"f":{"action":"apply","on":"2026-11-03","problem":"286d324fbb0f525c8b180aa3d04eabf1"},"h":117663334400000015,"k":"new","n":"8c7341a372b38913","o":"01a2062de20079a4be1e70bcc951a480","p":"李四","r":"01a2062de2007b76a9ff68e2f7be7a83","s":"286d324fbb0f525c8b180aa3d04eabf1","t":"step","v":1}',NULL);
INSERT INTO "op" VALUES(17,X'C5189509D3B0B49834965233C543616EE94050B2',X'01A2062DE2007B76A9FF68E2F7BE7A83',X'286D324FBB0F525C8B180AA3D04EABF1',117663334400000016,X'01A2062DE20079A4BE1E70BCC951A480','2026-11-03',NULL,'{"b":{},"f":{"void":"误录"},"h":117663334400000016,"k":"set","n":"d9dd1db955192457","o":"01a2062de20079a4be1e70bcc951a480","p":"李四","r":"01a2062de2007b76a9ff68e2f7be7a83","s":"286d324fbb0f525c8b180aa3d04eabf1","t":"step","v":1}',NULL);
INSERT INTO "op" VALUES(18,X'CBDA0BDB40BF2F71CCBC5D6680D9E11D56354F75',X'01A2062DE2007148B4160F14B58EBE89',NULL,117663334400000017,X'01A2062DE20079A4BE1E70BCC951A480','2026-11-03',NULL,NULL,'{"b":{},"f":["name"],"h":117663334400000017,"k":"new","o":"01a2062de20079a4be1e70bcc951a480","p":"李四","r":"01a2062de2007148b4160f14b58ebe89","s":"shared","t":"person","v":1}');
INSERT INTO "op" VALUES(19,X'BE2E58DC9584F1C8A29C5520661630FD21B92D47',X'01A2062DE200734C9B755842112460E0',NULL,117663334400000018,X'01A2062DE20079A4BE1E70BCC951A480','2026-11-04',NULL,'{"b":{},"f":{"op":"cbda0bdb40bf2f71ccbc5d6680d9e11d56354f75","reason":"误录"},"h":117663334400000018,"k":"new","n":"bb4911a5b5bd37b4","o":"01a2062de20079a4be1e70bcc951a480","p":"张三","r":"01a2062de200734c9b755842112460e0","s":"shared","t":"purge","v":1}',NULL);
INSERT INTO "op" VALUES(20,X'F110E166A3421474B8920DB2A4C2A1AAEDADB0FE',X'286D324FBB0F525C8B180AA3D04EABF1',X'286D324FBB0F525C8B180AA3D04EABF1',458752,X'0192F3A4B5C67000800000000000000B','2026-11-05',NULL,'{"b":{"deadline":["f61471e3d162a38841fe7951a66f725fe45e4b68"]},"f":{"deadline":"2027-03-31"},"h":458752,"k":"set","n":"0000000000000000","o":"0192f3a4b5c67000800000000000000b","p":"王五","r":"286d324fbb0f525c8b180aa3d04eabf1","s":"286d324fbb0f525c8b180aa3d04eabf1","t":"problem","v":1}',NULL);
INSERT INTO "op" VALUES(21,X'8C4175E7E2B6768A88071B0091133FDB8347D46C',X'0192F3A4B5C670008000000000002030',X'286D324FBB0F525C8B180AA3D04EABF1',458752,X'0192F3A4B5C67000800000000000000B','2026-11-05',NULL,'{"b":{},"f":{"a":["新"]},"h":458752,"k":"new","n":"1111111111111111","o":"0192f3a4b5c67000800000000000000b","p":"王五","r":"0192f3a4b5c670008000000000002030","s":"286d324fbb0f525c8b180aa3d04eabf1","t":"kind_of_2030","v":1}',NULL);
CREATE TABLE package_held (
    id BLOB PRIMARY KEY,
    sender BLOB NOT NULL,
    sender_name TEXT NOT NULL,
    key_id BLOB NOT NULL,
    day TEXT NOT NULL,
    file TEXT NOT NULL,
    why TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO "package_held" VALUES(X'F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0',X'0192F3A4B5C67000800000000000000B','云陂镇',X'C1C1C1C1C1C1C1C1C1C1C1C1C1C1C1C1','2026-11-06','a.zgb','未核对');
CREATE TABLE package_in (
    id BLOB PRIMARY KEY,
    sender BLOB NOT NULL,
    kind TEXT NOT NULL,
    made INTEGER NOT NULL,
    taken INTEGER NOT NULL,
    day TEXT NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    report TEXT NOT NULL,
    undone TEXT
) WITHOUT ROWID;
INSERT INTO "package_in" VALUES(X'E0E0E0E0E0E0E0E0E0E0E0E0E0E0E0E0',X'0192F3A4B5C67000800000000000000B','report',458752,524288,'2026-11-06',17,18,'{"new": 2}',NULL);
CREATE TABLE package_out (
    id BLOB PRIMARY KEY,
    receiver BLOB NOT NULL,
    kind TEXT NOT NULL,
    made INTEGER NOT NULL,
    day TEXT NOT NULL,
    upto INTEGER NOT NULL,
    scopes TEXT NOT NULL,
    files TEXT NOT NULL,
    name TEXT NOT NULL,
    receipt TEXT
) WITHOUT ROWID;
INSERT INTO "package_out" VALUES(X'D0D0D0D0D0D0D0D0D0D0D0D0D0D0D0D0',X'0192F3A4B5C67000800000000000000B','task',393216,'2026-11-06',12,'["286d324fbb0f525c8b180aa3d04eabf1"]','["abababababababababababababababababababababababababababababababab"]','整改_任务下达.zgb','2026-11-06');
CREATE TABLE "paper" (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, owner BLOB NOT NULL, created INTEGER NOT NULL, person TEXT NOT NULL, problem BLOB, "key" TEXT, name TEXT, title TEXT, doc_no TEXT, "on" TEXT, is_draft INTEGER, file TEXT, sha256 TEXT, size INTEGER, media_type TEXT, pages INTEGER, lsn INTEGER, printed_on TEXT, corrects BLOB, void TEXT);
INSERT INTO "paper" VALUES(1,X'01A2062DE200704891352D0AB0656340',X'01A2062DE20079A4BE1E70BCC951A480',117663334400000013,'李四',X'286D324FBB0F525C8B180AA3D04EABF1','closure_request','销号请示',NULL,'蒸样委〔2026〕7号','2026-11-03',0,'销号请示_问题5.pdf','abababababababababababababababababababababababababababababababab',7,NULL,3,12,NULL,NULL,NULL);
CREATE TABLE "paper_scan" (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, owner BLOB NOT NULL, created INTEGER NOT NULL, person TEXT NOT NULL, paper BLOB, problem BLOB, evidence BLOB, position INTEGER, name TEXT, sha256 TEXT, size INTEGER, media_type TEXT, doc_no TEXT, "on" TEXT, added_on TEXT, corrects BLOB, void TEXT);
INSERT INTO "paper_scan" VALUES(1,X'01A2062DE2007983B8FF0CBDE7ED4C5B',X'01A2062DE20079A4BE1E70BCC951A480',117663334400000014,'李四',X'01A2062DE200704891352D0AB0656340',X'286D324FBB0F525C8B180AA3D04EABF1',X'01A2062DE2007A9AAB70E3516C3DA600',1,'销号请示.jpg','abababababababababababababababababababababababababababababababab',NULL,NULL,'蒸样委〔2026〕7号',NULL,NULL,NULL,NULL);
CREATE TABLE peer_file (
    peer BLOB NOT NULL,
    sha256 TEXT NOT NULL,
    has INTEGER NOT NULL,
    PRIMARY KEY (peer, sha256)
) WITHOUT ROWID;
INSERT INTO "peer_file" VALUES(X'0192F3A4B5C67000800000000000000B','abababababababababababababababababababababababababababababababab',1);
CREATE TABLE peer_scope (
    peer BLOB NOT NULL,
    scope BLOB NOT NULL,
    acked INTEGER NOT NULL,
    PRIMARY KEY (peer, scope)
) WITHOUT ROWID;
INSERT INTO "peer_scope" VALUES(X'0192F3A4B5C67000800000000000000B',X'286D324FBB0F525C8B180AA3D04EABF1',12);
CREATE TABLE "person" (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, owner BLOB NOT NULL, created INTEGER NOT NULL, person TEXT NOT NULL, name TEXT, post TEXT, unit BLOB, phone TEXT, is_leader INTEGER, void TEXT);
INSERT INTO "person" VALUES(1,X'01A2062DE2007148B4160F14B58EBE89',X'01A2062DE20079A4BE1E70BCC951A480',117663334400000017,'李四',NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE "plan" (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, owner BLOB NOT NULL, created INTEGER NOT NULL, person TEXT NOT NULL, title TEXT, doc_no TEXT, issued_on TEXT, inspection BLOB, issuer TEXT, stated_total INTEGER, stated_by_year TEXT, void TEXT);
INSERT INTO "plan" VALUES(1,X'D8A9B18F62A552E58220E2FC189DF59F',X'01A2062DE20079A4BE1E70BCC951A480',117663334400000002,'张三','样例整改方案','蒸样办发(2026)3号',NULL,X'57402549F5B2560BAF70425816456746',NULL,NULL,NULL,NULL);
CREATE TABLE "problem" (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, owner BLOB NOT NULL, created INTEGER NOT NULL, person TEXT NOT NULL, plan BLOB, inspection BLOB, number INTEGER, text TEXT, target TEXT, deadline_raw TEXT, deadline TEXT, term_class TEXT, is_immediate INTEGER, is_long_term INTEGER, leaders TEXT, raw TEXT, internal_deadline TEXT, element TEXT, problem_type TEXT, external_numbers TEXT, transferred_to BLOB, listed_for_chasing INTEGER, dedicated_watch INTEGER, void TEXT);
INSERT INTO "problem" VALUES(1,X'286D324FBB0F525C8B180AA3D04EABF1',X'01A2062DE20079A4BE1E70BCC951A480',117663334400000004,'张三',X'D8A9B18F62A552E58220E2FC189DF59F',X'57402549F5B2560BAF70425816456746',5,'𠮷祥路雨污未分流',NULL,NULL,'2026-12-31','dated',NULL,NULL,'["李四"]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE "problem_unit" (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, owner BLOB NOT NULL, created INTEGER NOT NULL, person TEXT NOT NULL, problem BLOB, unit BLOB, role TEXT, position INTEGER, active INTEGER);
INSERT INTO "problem_unit" VALUES(1,X'7B0C08A6644D59219987CD1CDF2AFEC5',X'01A2062DE20079A4BE1E70BCC951A480',117663334400000005,'张三',X'286D324FBB0F525C8B180AA3D04EABF1',X'15A53B487CF0548395361F5734F41A0F','lead',0,1);
CREATE TABLE "progress" (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, owner BLOB NOT NULL, created INTEGER NOT NULL, person TEXT NOT NULL, problem BLOB, measure BLOB, month TEXT, "on" TEXT, text TEXT, percent INTEGER, quantity_done INTEGER, difficulty TEXT, next_step TEXT, corrects BLOB, void TEXT, unit BLOB, reporter TEXT, checker TEXT, claimed TEXT, expected_on TEXT);
INSERT INTO "progress" VALUES(1,X'01A2062DE2007FDE9392165F3D8CA7D7',X'01A2062DE20079A4BE1E70BCC951A480',117663334400000007,'李四',X'286D324FBB0F525C8B180AA3D04EABF1',X'C69CE36EB40E58C898ABFFF8DB70E73C','2026-11','2026-11-03','完成五成',50,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "progress" VALUES(2,X'01A2062DE2007F34A3C429E9AB7D43C0',X'01A2062DE20079A4BE1E70BCC951A480',117663334400000008,'李四',X'286D324FBB0F525C8B180AA3D04EABF1',X'C69CE36EB40E58C898ABFFF8DB70E73C','2026-11','2026-11-03','完成四成',40,NULL,NULL,NULL,X'01A2062DE2007FDE9392165F3D8CA7D7',NULL,X'15A53B487CF0548395361F5734F41A0F','赵六',NULL,'达到序时进度','2026-12-20');
CREATE TABLE projecting (active INTEGER NOT NULL);
INSERT INTO "projecting" VALUES(0);
CREATE TABLE "purge" (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, owner BLOB NOT NULL, created INTEGER NOT NULL, person TEXT NOT NULL, op TEXT, sha256 TEXT, reason TEXT);
INSERT INTO "purge" VALUES(1,X'01A2062DE200734C9B755842112460E0',X'01A2062DE20079A4BE1E70BCC951A480',117663334400000018,'张三','cbda0bdb40bf2f71ccbc5d6680d9e11d56354f75',NULL,'误录');
CREATE TABLE seal (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    office BLOB NOT NULL,
    line TEXT NOT NULL
);
INSERT INTO "seal" VALUES(1,X'5E5E5E5E5E5E5E5E5E5E5E5E5E5E5E5E5E5E5E5E',X'01A2062DE20079A4BE1E70BCC951A480','{"b":"{}","s":"00"}');
CREATE VIRTUAL TABLE search_index USING fts5 (kind, pairs, content = '', prefix = 1, tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Cn Co'");
CREATE TABLE search_text (
    n INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    row BLOB NOT NULL,
    problem BLOB,
    text TEXT NOT NULL,
    UNIQUE (kind, row)
);
INSERT INTO "search_text" VALUES(1,'problem',X'286D324FBB0F525C8B180AA3D04EABF1',X'286D324FBB0F525C8B180AA3D04EABF1','𠮷祥路雨污未分流
 李四 ');
INSERT INTO "search_text" VALUES(2,'measure',X'C69CE36EB40E58C898ABFFF8DB70E73C',X'286D324FBB0F525C8B180AA3D04EABF1','改造管网');
INSERT INTO "search_text" VALUES(3,'progress',X'01A2062DE2007FDE9392165F3D8CA7D7',X'286D324FBB0F525C8B180AA3D04EABF1','完成五成');
INSERT INTO "search_text" VALUES(4,'progress',X'01A2062DE2007F34A3C429E9AB7D43C0',X'286D324FBB0F525C8B180AA3D04EABF1','完成四成');
INSERT INTO "search_text" VALUES(5,'evidence',X'01A2062DE2007A9AAB70E3516C3DA600',X'286D324FBB0F525C8B180AA3D04EABF1','照片.jpg
区住建局');
INSERT INTO "search_text" VALUES(6,'paper',X'01A2062DE200704891352D0AB0656340',X'286D324FBB0F525C8B180AA3D04EABF1','销号请示
蒸样委〔2026〕7号');
INSERT INTO "search_text" VALUES(7,'unit',X'15A53B487CF0548395361F5734F41A0F',NULL,'区住建局');
INSERT INTO "search_text" VALUES(8,'plan',X'D8A9B18F62A552E58220E2FC189DF59F',NULL,'样例整改方案
蒸样办发(2026)3号');
CREATE TABLE "setting" (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, owner BLOB NOT NULL, created INTEGER NOT NULL, person TEXT NOT NULL, key TEXT, value TEXT);
CREATE TABLE "stage" (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, owner BLOB NOT NULL, created INTEGER NOT NULL, person TEXT NOT NULL, problem BLOB, due TEXT, text TEXT, count INTEGER, reached_on TEXT, void TEXT);
CREATE TABLE "step" (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, owner BLOB NOT NULL, created INTEGER NOT NULL, person TEXT NOT NULL, problem BLOB, action TEXT, "on" TEXT, "end" TEXT, text TEXT, reason TEXT, warnings TEXT, doc_no TEXT, url TEXT, result TEXT, saw TEXT, corrects BLOB, void TEXT);
INSERT INTO "step" VALUES(1,X'01A2062DE2007B76A9FF68E2F7BE7A83',X'01A2062DE20079A4BE1E70BCC951A480',117663334400000015,'李四',X'286D324FBB0F525C8B180AA3D04EABF1','apply','2026-11-03',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'误录');
CREATE TABLE summary (
    problem BLOB NOT NULL UNIQUE,
    number INTEGER NOT NULL,
    head TEXT,
    source TEXT,
    inspection TEXT,
    plan_order INTEGER NOT NULL,
    term_class TEXT,
    deadline TEXT,
    plan_deadline TEXT,
    lead TEXT,
    responsible TEXT,
    percent INTEGER,
    last_month TEXT,
    measures INTEGER,
    measures_done INTEGER,
    evidence INTEGER,
    returned INTEGER,
    reopened INTEGER,
    transferred INTEGER,
    self_check TEXT,
    apply TEXT,
    accept TEXT,
    notice TEXT,
    notice_end TEXT,
    file TEXT,
    closed INTEGER
);
INSERT INTO "summary" VALUES(X'286D324FBB0F525C8B180AA3D04EABF1',5,'𠮷祥路雨污未分流','省督察','样例督察',117663334400000002,'dated','2026-12-31','2026-12-31','区住建局','',40,'2026-11',1,0,1,0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,0);
CREATE TABLE "unit" (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, owner BLOB NOT NULL, created INTEGER NOT NULL, person TEXT NOT NULL, name TEXT, short_name TEXT, is_group INTEGER, rank INTEGER, phone TEXT, merged_into BLOB, void TEXT);
INSERT INTO "unit" VALUES(1,X'15A53B487CF0548395361F5734F41A0F',X'01A2062DE20079A4BE1E70BCC951A480',117663334400000003,'张三','区住建局',NULL,NULL,10,NULL,NULL,NULL);
CREATE TABLE "unit_alias" (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, owner BLOB NOT NULL, created INTEGER NOT NULL, person TEXT NOT NULL, unit BLOB, alias TEXT, active INTEGER);
CREATE TABLE "unit_member" (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, owner BLOB NOT NULL, created INTEGER NOT NULL, person TEXT NOT NULL, "group" BLOB, unit BLOB, active INTEGER);
CREATE INDEX op_row ON op (row);
CREATE INDEX op_scope ON op (scope, lsn);
CREATE INDEX op_unsealed ON op (lsn) WHERE seal IS NULL;
CREATE INDEX summary_order ON summary (plan_order, number, problem);
CREATE INDEX summary_figures ON summary (closed, transferred, term_class, deadline, percent, self_check);
CREATE INDEX problem_by ON "problem" (plan, number);
CREATE INDEX problem_unit_by ON "problem_unit" (problem);
CREATE INDEX measure_by ON "measure" (problem, number);
CREATE INDEX stage_by ON "stage" (problem);
CREATE INDEX deadline_change_by ON "deadline_change" (problem);
CREATE INDEX progress_by ON "progress" (problem, measure, month);
CREATE INDEX evidence_by ON "evidence" (problem);
CREATE INDEX step_by ON "step" (problem);
CREATE INDEX unit_alias_by ON "unit_alias" (unit);
CREATE INDEX unit_member_by ON "unit_member" ("group");
CREATE INDEX doc_number_by ON "doc_number" (prefix, year, number);
CREATE INDEX paper_by ON "paper" (problem);
CREATE INDEX paper_scan_by ON "paper_scan" (paper);
CREATE INDEX office_key_of ON office_key (office);
CREATE INDEX search_text_problem ON search_text (problem);
CREATE TRIGGER op_kept BEFORE DELETE ON op BEGIN SELECT RAISE(ABORT, 'the journal is never deleted'); END;
CREATE TRIGGER op_fixed BEFORE UPDATE OF lsn, id, row, scope, hlc, office, day ON op
    BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END;
CREATE TRIGGER op_appended BEFORE INSERT ON op WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'the journal is written only by append'); END;
CREATE TRIGGER op_body BEFORE UPDATE OF body, stub ON op
    WHEN NEW.body IS NOT NULL OR NEW.stub IS NULL OR OLD.body IS NULL OR (SELECT active FROM projecting) <> 2
    BEGIN SELECT RAISE(ABORT, 'a body can only be purged'); END;
CREATE TRIGGER office_guard_INSERT BEFORE INSERT ON "office"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER office_guard_UPDATE BEFORE UPDATE ON "office"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER office_guard_DELETE BEFORE DELETE ON "office"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER setting_guard_INSERT BEFORE INSERT ON "setting"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER setting_guard_UPDATE BEFORE UPDATE ON "setting"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER setting_guard_DELETE BEFORE DELETE ON "setting"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER inspection_guard_INSERT BEFORE INSERT ON "inspection"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER inspection_guard_UPDATE BEFORE UPDATE ON "inspection"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER inspection_guard_DELETE BEFORE DELETE ON "inspection"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER plan_guard_INSERT BEFORE INSERT ON "plan"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER plan_guard_UPDATE BEFORE UPDATE ON "plan"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER plan_guard_DELETE BEFORE DELETE ON "plan"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER problem_guard_INSERT BEFORE INSERT ON "problem"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER problem_guard_UPDATE BEFORE UPDATE ON "problem"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER problem_guard_DELETE BEFORE DELETE ON "problem"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER problem_unit_guard_INSERT BEFORE INSERT ON "problem_unit"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER problem_unit_guard_UPDATE BEFORE UPDATE ON "problem_unit"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER problem_unit_guard_DELETE BEFORE DELETE ON "problem_unit"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER measure_guard_INSERT BEFORE INSERT ON "measure"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER measure_guard_UPDATE BEFORE UPDATE ON "measure"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER measure_guard_DELETE BEFORE DELETE ON "measure"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER stage_guard_INSERT BEFORE INSERT ON "stage"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER stage_guard_UPDATE BEFORE UPDATE ON "stage"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER stage_guard_DELETE BEFORE DELETE ON "stage"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER deadline_change_guard_INSERT BEFORE INSERT ON "deadline_change"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER deadline_change_guard_UPDATE BEFORE UPDATE ON "deadline_change"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER deadline_change_guard_DELETE BEFORE DELETE ON "deadline_change"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER progress_guard_INSERT BEFORE INSERT ON "progress"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER progress_guard_UPDATE BEFORE UPDATE ON "progress"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER progress_guard_DELETE BEFORE DELETE ON "progress"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER evidence_guard_INSERT BEFORE INSERT ON "evidence"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER evidence_guard_UPDATE BEFORE UPDATE ON "evidence"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER evidence_guard_DELETE BEFORE DELETE ON "evidence"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER step_guard_INSERT BEFORE INSERT ON "step"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER step_guard_UPDATE BEFORE UPDATE ON "step"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER step_guard_DELETE BEFORE DELETE ON "step"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER unit_guard_INSERT BEFORE INSERT ON "unit"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER unit_guard_UPDATE BEFORE UPDATE ON "unit"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER unit_guard_DELETE BEFORE DELETE ON "unit"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER unit_alias_guard_INSERT BEFORE INSERT ON "unit_alias"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER unit_alias_guard_UPDATE BEFORE UPDATE ON "unit_alias"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER unit_alias_guard_DELETE BEFORE DELETE ON "unit_alias"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER unit_member_guard_INSERT BEFORE INSERT ON "unit_member"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER unit_member_guard_UPDATE BEFORE UPDATE ON "unit_member"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER unit_member_guard_DELETE BEFORE DELETE ON "unit_member"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER person_guard_INSERT BEFORE INSERT ON "person"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER person_guard_UPDATE BEFORE UPDATE ON "person"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER person_guard_DELETE BEFORE DELETE ON "person"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER holiday_guard_INSERT BEFORE INSERT ON "holiday"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER holiday_guard_UPDATE BEFORE UPDATE ON "holiday"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER holiday_guard_DELETE BEFORE DELETE ON "holiday"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER purge_guard_INSERT BEFORE INSERT ON "purge"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER purge_guard_UPDATE BEFORE UPDATE ON "purge"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER purge_guard_DELETE BEFORE DELETE ON "purge"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER summary_guard_INSERT BEFORE INSERT ON "summary"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER summary_guard_UPDATE BEFORE UPDATE ON "summary"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER summary_guard_DELETE BEFORE DELETE ON "summary"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER conflict_guard_INSERT BEFORE INSERT ON "conflict"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER conflict_guard_UPDATE BEFORE UPDATE ON "conflict"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER conflict_guard_DELETE BEFORE DELETE ON "conflict"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER doc_number_guard_INSERT BEFORE INSERT ON "doc_number"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER doc_number_guard_UPDATE BEFORE UPDATE ON "doc_number"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER doc_number_guard_DELETE BEFORE DELETE ON "doc_number"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER paper_guard_INSERT BEFORE INSERT ON "paper"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER paper_guard_UPDATE BEFORE UPDATE ON "paper"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER paper_guard_DELETE BEFORE DELETE ON "paper"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER paper_scan_guard_INSERT BEFORE INSERT ON "paper_scan"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER paper_scan_guard_UPDATE BEFORE UPDATE ON "paper_scan"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
CREATE TRIGGER paper_scan_guard_DELETE BEFORE DELETE ON "paper_scan"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END;
COMMIT;
INSERT INTO meta VALUES ('reindex', '1');
