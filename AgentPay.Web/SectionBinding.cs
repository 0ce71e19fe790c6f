using Microsoft.Extensions.Options;

namespace AgentPay.Web;

/// <summary>Options from their section of the configuration.</summary>
internal static class SectionBinding
{
    /// <summary>A value of the wrong kind is one failure among the others, instead of one that hides them.</summary>
    public static OptionsBuilder<T> BindSection<T>(this OptionsBuilder<T> builder, string section) where T : class =>
        builder.Configure<IConfiguration>((options, configuration) =>
        {
            try
            {
                configuration.GetSection(section).Bind(options);
            }
            catch (InvalidOperationException unconvertible)
            {
                throw new OptionsValidationException(section, typeof(T), [unconvertible.Message]);
            }
        });
}
