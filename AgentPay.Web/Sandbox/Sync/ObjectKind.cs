namespace AgentPay.Web.Sandbox.Sync;

// A kind of top-level object: its name in events, its path, its SID prefix and the error codes that are specific to it.
public sealed record ObjectKind(string Name, string Path, string SidPrefix, int DataInvalid, int RevisionMismatch)
{
    public static readonly ObjectKind Document = new("document", "Documents", "ET", 54101, 54103);
    public static readonly ObjectKind List = new("list", "Lists", "ES", 54156, 54155) { HasItems = true };
    public static readonly ObjectKind Map = new("map", "Maps", "MP", 54206, 54205) { HasItems = true };
    public static readonly ObjectKind Stream = new("stream", "Streams", "TO", 54251, 0) { MaxDataBytes = 4 * 1024, WritesPerSecond = 30 };

    public static readonly IReadOnlyList<ObjectKind> All = [Document, List, Map, Stream];

    public bool HasItems { get; private init; }

    public int MaxDataBytes { get; private init; } = 16 * 1024;

    public int WritesPerSecond { get; private init; } = 20;
}
