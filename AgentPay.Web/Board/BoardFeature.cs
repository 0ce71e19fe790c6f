using AgentPay.Web.Sync;

namespace AgentPay.Web.Board;

/// <summary>Registers the supervisor's board.</summary>
public static class BoardFeature
{
    /// <summary>Requires <c>AddCalls</c> and <c>AddPayments</c>.</summary>
    public static void AddBoard(this IServiceCollection services)
    {
        services.AddSingleton(new LiveFeed<string, BoardSnapshot>((newer, older) => newer.Version > older.Version));
        services.AddSingleton<BoardSource>();
        services.AddHostedService<BoardPublisher>();
        services.AddHostedService<BoardPoller>();
        services.AddHostedService<BoardDayPoller>();
    }
}
