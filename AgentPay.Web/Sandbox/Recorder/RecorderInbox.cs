using AgentPay.Web.Sandbox.Control;

namespace AgentPay.Web.Sandbox.Recorder;

// The accepted events, oldest first. Above the limit, the oldest are removed. A repeated event is kept once.
internal sealed class RecorderInbox : IResettable
{
    private const int Limit = 200;

    private readonly Lock _lock = new();
    private readonly List<RecorderEvent> _all = [];

    public IReadOnlyList<RecorderEvent> All
    {
        get { lock (_lock) return [.. _all]; }
    }

    public void Add(RecorderEvent received)
    {
        lock (_lock)
        {
            if (_all.Exists(known => known.Id == received.Id)) return;
            _all.Add(received);
            if (_all.Count > Limit) _all.RemoveAt(0);
        }
    }

    public void Reset()
    {
        lock (_lock) _all.Clear();
    }
}
