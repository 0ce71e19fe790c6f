using AgentPay.Web.Identity;
using Microsoft.Extensions.Localization;

namespace AgentPay.Web.Components.Setup.Checks;

/// <summary>One thing that has to be right before calls and payments work. It changes nothing that anybody else sees.</summary>
public interface ICheck
{
    /// <summary>What is checked, for the screen.</summary>
    string Title(IStringLocalizer<Words> words);

    /// <param name="admin">Who asks.</param>
    Task<Finding> RunAsync(CurrentUser admin, IStringLocalizer<Words> words, CancellationToken cancellation);
}
