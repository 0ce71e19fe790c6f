namespace AgentPay.Web.Tests.Support;

/// <summary>Where the sources of this build stand.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>A file of Twilio's own API description, kept beside the repository and not in it.</summary>
    public static string TwilioOpenApi(string file) => Path.GetFullPath(Path.Combine(Root, "..", "shared", "twilio-openapi", file));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AgentPay.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("AgentPay.sln was not found above the test assembly");
    }
}
